import type { SampleResult } from '@evals/core'
import { ManualClock } from '@evals/core/testing'
import { describe, expect, test } from 'vitest'
import { makeOutput } from './output.test-support.ts'
import { Progress } from './progress.ts'

const result = (scores: SampleResult['scores'] = {}): SampleResult => ({
  id: 'a',
  epoch: 0,
  outcome: 'scored',
  passed: true,
  scores,
  durationMs: 1,
})

function start(isTty: boolean, columns = 80) {
  const clock = new ManualClock()
  const output = makeOutput({ isTty, columns })
  return { clock, output, progress: new Progress(output, clock) }
}

describe('its text', () => {
  test('done and planned samples, rate, time left, and the mean of each scorer', () => {
    const { clock, progress } = start(false)
    progress.plan(1000)
    progress.plan(500)
    clock.advance(2000)
    for (let index = 0; index < 300; index += 1)
      progress.add(result({ exact: index % 4 !== 0, graded: 0.5, failed: 'failed', none: null }))
    expect(progress.text()).toBe('300/1,500 samples · 150/s · 8.0 s left · exact 0.75 · graded 0.5')
    progress.stop()
  })

  test('says nothing of the time left before the first sample, nor when more ended than were planned', () => {
    const { clock, progress } = start(false)
    progress.plan(1)
    clock.advance(1000)
    expect(progress.text()).toBe('0/1 sample · 0/s')
    progress.add(result())
    progress.add(result())
    expect(progress.text()).toBe('2/1 sample · 2/s')
    progress.stop()
  })

  test('counts the time from the first plan, not that of imports before it', () => {
    const { clock, progress } = start(false)
    clock.advance(60_000)
    progress.plan(10)
    clock.advance(1000)
    progress.add(result())
    expect(progress.text()).toBe('1/10 samples · 1/s · 9.0 s left')
    progress.stop()
  })

  test('the rate is that of the last half minute, and of samples that ran', () => {
    const { clock, progress } = start(false)
    const add = (count: number, kept: boolean): void => {
      for (let index = 0; index < count; index += 1) progress.add({ ...result(), ...(kept ? { kept } : {}) })
    }
    progress.plan(2000)
    add(1000, true)
    clock.advance(1000)
    expect(progress.text()).toBe('1,000/2,000 samples · 0/s')
    // A slow start: 20 in 100 s.
    for (let index = 0; index < 20; index += 1) {
      clock.advance(5000)
      add(1, false)
    }
    for (let index = 0; index < 40; index += 1) {
      clock.advance(1000)
      add(10, false)
    }
    expect(progress.text()).toBe('1,420/2,000 samples · 10/s · 58.0 s left')
    progress.stop()
  })

  test('of slow samples the last twenty count, however long they took', () => {
    const { clock, progress } = start(false)
    progress.plan(100)
    for (let index = 0; index < 40; index += 1) {
      clock.advance(index < 20 ? 100_000 : 60_000)
      progress.add(result())
    }
    expect(progress.text()).toBe('40/100 samples · 1/min · 1 h 0 min left')
    progress.stop()
  })
})

test('elsewhere than on a terminal a line every 10 s, until it is stopped', () => {
  const { clock, output, progress } = start(false)
  progress.plan(10)
  clock.advance(9_999)
  expect(output.text()).toBe('')
  clock.advance(10_001)
  expect(output.text()).toBe('evals: 0/10 samples · 0/s\nevals: 0/10 samples · 0/s\n')
  progress.stop()
  expect(clock.waiting).toBe(0)
})

test('on a terminal one line that is drawn anew, only for runs that last, and erased at the end', () => {
  const { clock, output, progress } = start(true)
  progress.plan(10)
  clock.advance(1000)
  expect(output.text()).toBe('')
  clock.advance(400)
  const line = '0/10 samples · 0/s'
  expect(output.text()).toBe(`${line}\u001B[1G\u001B[2K${line}`)
  progress.stop()
  expect(output.text()).toBe(`${line}\u001B[1G\u001B[2K${line}\u001B[1G\u001B[2K`)
  clock.advance(60_000)
  expect(clock.waiting).toBe(0)
})

test('a wide terminal has room for a bar', () => {
  const { clock, output, progress } = start(true, 100)
  progress.plan(4)
  progress.add(result())
  clock.advance(1200)
  expect(output.text()).toBe('[=====               ] 1/4 samples · 50/min · 3.6 s left')
  progress.stop()
})
