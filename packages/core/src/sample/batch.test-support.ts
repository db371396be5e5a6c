import { SampleFactory } from '../dataset/sample.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { BatchMember } from './run-batch.ts'
import { SampleScope } from './sample-scope.ts'

/** A member of a batch whose attempt can be ended. */
export interface TestMember extends BatchMember<string> {
  readonly controller: AbortController
}

/** Members with the given ids, all of one epoch. */
export function makeMembers(
  ids: readonly string[],
  { clock = new ManualClock(), epoch = 0 }: { clock?: ManualClock; epoch?: number } = {},
): TestMember[] {
  const factory = new SampleFactory<{ id: string }>({})
  return ids.map((id) => {
    const controller = new AbortController()
    const scope = new SampleScope({ aborts: controller, metadata: {}, clock, group: 'eval', epoch })
    return { sample: factory.next({ id }), scope, aborts: controller, seat: `seat ${id}`, controller }
  })
}

/** The ids of members. */
export function idsOf(members: readonly BatchMember<string>[]): string[] {
  return members.map(({ sample }) => sample.id)
}
