import { expect, test, vi } from 'vitest'
import * as reports from './request/attempt-report.ts'
import * as scopes from './sample/current-sample.ts'
import { SampleScope } from './sample/sample-scope.ts'
import { ManualClock } from './testing/manual-clock.ts'

test('two copies of the package in one process see the same attempt and the same sample', async () => {
  vi.resetModules()
  const [otherReports, otherScopes] = await Promise.all([
    import('./request/attempt-report.ts'),
    import('./sample/current-sample.ts'),
  ])
  expect(otherReports.currentAttemptReport).not.toBe(reports.currentAttemptReport)
  const report = {}
  expect(reports.withAttemptReport(report, () => otherReports.currentAttemptReport())).toBe(report)
  const scope = new SampleScope({ aborts: new AbortController(), metadata: {}, clock: new ManualClock() })
  expect(scopes.withSampleScope(scope, () => otherScopes.currentSampleScope())).toBe(scope)
  expect([otherReports.currentAttemptReport(), otherScopes.currentSampleScope()]).toEqual([undefined, undefined])
})
