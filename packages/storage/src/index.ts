export { openCache, type CacheFactory, type CacheOptions } from './open-cache.ts'
export { openStore, type StoreFactory, type StoreOptions } from './open-store.ts'
export type { StorageModule } from './storage-module.ts'
