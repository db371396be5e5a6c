// Adds up Vitest's JSON reports for CI: `node scripts/ci-count.ts REPORTS_FOLDER [FAILED_STEP…]`.
// The last line it prints is `N passed, N failed`. A skipped test counts as failed, since nobody would look at it
// again; so does a failed step whose own report (`<step>*.json`) shows no failure.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const [folder, ...failedSteps] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/ci-count.ts REPORTS_FOLDER [FAILED_STEP…]')

let passed = 0
const failures: string[] = []
const failedReports = new Set<string>()

for (const file of globSync('*.json', { cwd: folder }).sort()) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Report
  const found = report.testResults.flatMap((suite) => {
    passed += suite.assertionResults.filter(({ status }) => status === 'passed').length
    const rest = suite.assertionResults.filter(({ status }) => status !== 'passed')
    if (suite.status === 'failed' && rest.length === 0) return [`failed: ${suite.name}: ${suite.message}`]
    return rest.map(
      ({ status, fullName }) => `${status === 'failed' ? status : 'skipped'}: ${suite.name} > ${fullName}`,
    )
  })
  if (found.length > 0) failedReports.add(basename(file, '.json'))
  failures.push(...found)
}

for (const step of new Set(failedSteps)) {
  if (![...failedReports].some((report) => report.startsWith(step))) failures.push(`failed: the step ${step}`)
}
if (passed === 0 && failures.length === 0) failures.push('failed: no test ran')

for (const failure of failures) console.log(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
