// A program with servers, run by Node itself: `hold-servers.test-support.ts SPEC END`. It prints its servers' base URLs as
// JSON and then ends as END says; `wait`: not by itself.
import { setUpServers } from './set-up-servers.ts'
import type { LocalServerSpec } from './local-server-spec.ts'

const [spec = '', end] = process.argv.slice(2)
const { signal } = new AbortController()
const { endpoints, dispose } = await setUpServers(JSON.parse(spec) as LocalServerSpec, { signal, log: () => {} })
process.stdout.write(`${JSON.stringify(endpoints.map(({ baseURL }) => baseURL))}\n`)
// Whoever started this program looks at the servers first.
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.unref()
if (end === 'dispose') await dispose()
if (end === 'exit') process.exit(0)
if (end === 'throw') throw new TypeError('a bug')
if (end === 'wait') setInterval(() => {}, 1000)
