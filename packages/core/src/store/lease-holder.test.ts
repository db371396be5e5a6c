import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { isStale, leaseWindowMs, thisProcess } from './lease-holder.ts'

const { pid: gone } = spawnSync(process.execPath, ['--eval', ''])

test('this process is a living holder', () => {
  expect(thisProcess()).toMatchObject({ host: hostname(), pid: process.pid })
  expect(Date.parse(thisProcess().since)).toBeCloseTo(Date.now(), -4)
})

test.runIf(process.platform === 'linux')('a later process with the pid of a dead holder holds nothing', () => {
  const holder = thisProcess()
  expect(isStale(holder, 0)).toBe(false)
  expect(isStale({ ...holder, processStart: '1' }, 0)).toBe(true)
  expect(isStale({ ...holder, processStart: '1', pidSpace: 'another host' }, 0)).toBe(false)
})

test.for([
  ['here', process.pid, 0, false],
  ['here', process.pid, 100 * leaseWindowMs, false],
  ['here', gone, 0, true],
  // Process 1 may belong to somebody else, whom this process may send no signal.
  ['here', 1, 100 * leaseWindowMs, false],
  ['elsewhere', gone, 0, false],
  ['elsewhere', gone, leaseWindowMs, false],
  ['elsewhere', process.pid, leaseWindowMs + 1, true],
] as const)('a holder %s with pid %i that is silent for %i ms is stale: %s', ([place, pid, silentMs, stale]) => {
  const { processStart: _ownStart, ...holder } = thisProcess()
  const pidSpace = place === 'here' ? holder.pidSpace : 'another host'
  expect(isStale({ ...holder, pidSpace, pid }, silentMs)).toBe(stale)
})
