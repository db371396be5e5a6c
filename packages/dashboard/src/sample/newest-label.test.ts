import { expect, test } from 'vitest'
import { newestLabel } from './newest-label.ts'

const key = { eval: 'qa', variant: { model: 'mini' }, id: 'a', epoch: 0 }
const first = { ...key, label: 'good', note: '', at: '2026-01-01T00:00:00.000Z' } as const
const second = { ...key, label: 'bad', note: 'wrong city', at: '2026-01-02T00:00:00.000Z' } as const

test('the last label of the sample counts, whatever others have', () => {
  const others = [
    { ...second, epoch: 1 },
    { ...second, id: 'b' },
    { ...second, variant: {} },
    { ...second, eval: 'other' },
  ]
  expect(newestLabel([first, second, ...others], key)).toBe(second)
  expect(newestLabel(others, key)).toBeUndefined()
})
