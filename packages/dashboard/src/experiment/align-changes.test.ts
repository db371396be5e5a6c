import { expect, test } from 'vitest'
import { alignChanges } from './align-changes.ts'

test('each account holds its value until its next change', () => {
  const change = (second: number, key: string, connections: number) =>
    ({ at: new Date(second * 1000).toISOString(), key, connections, reason: 'growth' }) as const
  expect(alignChanges([change(3, 'a', 8), change(1, 'a', 4), change(2, 'b', 2), change(3, 'b', 3)])).toEqual({
    times: [1, 2, 3],
    lines: [
      { label: 'a', values: [4, 4, 8], stepped: true },
      { label: 'b', values: [null, 2, 3], stepped: true },
    ],
  })
})
