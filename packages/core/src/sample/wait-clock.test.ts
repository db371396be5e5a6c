import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { WaitClock } from './wait-clock.ts'

function make() {
  const clock = new ManualClock()
  const waits = new WaitClock(clock)
  const changes: string[] = []
  const stopListening = waits.onChange(() => changes.push(`${clock.now()} ${waits.stopped ? 'stops' : 'goes on'}`))
  return { clock, waits, changes, stopListening }
}

test('without open calls time goes on', () => {
  const { clock, waits, changes } = make()
  clock.advance(10)
  const close = waits.openCall()
  clock.advance(10)
  close()
  expect([waits.stopped, waits.stoppedMs, changes]).toEqual([false, 0, []])
})

test('time stops while the only open call waits', () => {
  const { clock, waits, changes } = make()
  const close = waits.openCall()
  clock.advance(10)
  const end = waits.startWaiting()
  expect(waits.stopped).toBe(true)
  clock.advance(30)
  expect(waits.stoppedMs).toBe(30)
  end()
  clock.advance(5)
  close()
  expect([waits.stopped, waits.stoppedMs, changes]).toEqual([false, 30, ['10 stops', '40 goes on']])
})

test('while one open call is at work, time goes on; when it ends, the others stop it', () => {
  const { clock, waits, changes } = make()
  const [closeFirst, closeSecond] = [waits.openCall(), waits.openCall()]
  const endFirst = waits.startWaiting()
  clock.advance(10)
  closeSecond()
  clock.advance(10)
  const closeThird = waits.openCall()
  clock.advance(10)
  const endThird = waits.startWaiting()
  clock.advance(10)
  endFirst()
  closeFirst()
  clock.advance(10)
  endThird()
  closeThird()
  expect(changes).toEqual(['10 stops', '20 goes on', '30 stops', '40 goes on', '40 stops', '50 goes on'])
  expect(waits.stoppedMs).toBe(30)
})

test('a pause stops time as a call that waits does', () => {
  const { clock, waits, changes, stopListening } = make()
  const goOn = waits.pause()
  clock.advance(7)
  stopListening()
  goOn()
  expect([waits.stopped, waits.stoppedMs, changes]).toEqual([false, 7, ['0 stops']])
})

test('stopped is the union of the times in which all open calls wait', () => {
  // Each call: opens, works, waits, works, in ms.
  const call = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }))
  fc.assert(
    fc.property(fc.array(call, { maxLength: 8 }), (calls) => {
      const { clock, waits } = make()
      let expected = 0
      const ends = new Map<number, (() => void)[]>()
      const at = (ms: number, work: () => void): void => void ends.set(ms, [...(ends.get(ms) ?? []), work])
      for (const [opens, before, waiting, after] of calls) {
        let close = (): void => {}
        let end = (): void => {}
        at(opens, () => (close = waits.openCall()))
        at(opens + before, () => (end = waits.startWaiting()))
        at(opens + before + waiting, () => end())
        at(opens + before + waiting + after, () => close())
      }
      for (let now = 0; now < 60; now += 1) {
        for (const work of ends.get(now) ?? []) work()
        const open = calls.filter(([opens, ...parts]) => opens <= now && now < opens + sum(parts))
        const isWaiting = ([opens, before, waiting]: readonly number[]): boolean =>
          opens! + before! <= now && now < opens! + before! + waiting!
        if (open.length > 0 && open.every(isWaiting)) expected += 1
        clock.advance(1)
      }
      expect([waits.stoppedMs, waits.stopped]).toEqual([expected, false])
    }),
  )
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
