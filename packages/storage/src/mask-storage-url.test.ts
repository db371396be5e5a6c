import { expect, test } from 'vitest'
import { maskStorageUrl } from './mask-storage-url.ts'
import { openStore } from './open-store.ts'

test.each([
  ['postgres://me:hunter2@db:5432/evals', 'postgres://me:***@db:5432/evals'],
  ['postgres://:hunter2@db', 'postgres://:***@db'],
  ['postgres://me:hunt@er:2@db/a', 'postgres://me:***@db/a'],
  ['module://./pg.ts#postgres://me:hunter2@db/evals', 'module://./pg.ts#postgres://me:***@db/evals'],
  ['libsql://db.turso.io?tls=1&authToken=hunter2&x=1', 'libsql://db.turso.io?tls=1&authToken=***&x=1'],
  ['module://pg#PASSWORD=hunter2', 'module://pg#PASSWORD=***'],
])('%s is shown as %s', (url, shown) => {
  expect(maskStorageUrl(url)).toBe(shown)
})

test.each(['json://.evals', 'memory://', 'sqlite:///data/a:b@c.sqlite', 'postgres://me@db:5432/evals?sslmode=require'])(
  '%s has nothing to hide',
  (url) => {
    expect(maskStorageUrl(url)).toBe(url)
  },
)

test.each(['postgres://me:hunter2@db', 'module://no-such-module#postgres://me:hunter2@db'])(
  'the error about %s does not show the password',
  async (url) => {
    const error: unknown = await openStore(url, { root: '/', writer: 'test' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'EVALS_STORAGE_UNKNOWN', message: expect.stringContaining('me:***@db') })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  },
)
