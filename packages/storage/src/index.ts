export { openCache, type CacheOptions } from './open-cache.ts'
export { openStore, type StoreOptions } from './open-store.ts'
