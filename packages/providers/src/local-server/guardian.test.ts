import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { guardiansOf, infoOf, isRunning, testServer, until } from './test-server.test-support.ts'

const program = fileURLToPath(new URL('./hold-servers.test-support.ts', import.meta.url))

test.for([
  { how: 'disposes of its servers', end: 'dispose', exit: [0, null] },
  { how: 'forgets to', end: 'forget', exit: [0, null] },
  { how: 'exits in the middle', end: 'exit', exit: [0, null] },
  { how: 'throws', end: 'throw', exit: [1, null] },
  { how: 'gets SIGTERM', signal: 'SIGTERM', exit: [null, 'SIGTERM'] },
  { how: 'is interrupted with its whole group, as Ctrl+C does', signal: 'SIGINT', exit: [null, 'SIGINT'] },
  { how: 'is killed', signal: 'SIGKILL', exit: [null, 'SIGKILL'] },
] as const)('no process stays when a program $how', async ({ exit, ...way }) => {
  const spec = testServer({ hasChild: true, ignoresSigterm: way.how === 'is killed' }, { replicas: 2, graceMs: 200 })
  const end = 'end' in way ? way.end : 'wait'
  const child = spawn(process.execPath, ['--conditions=@evals/source', program, JSON.stringify(spec), end], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const servers = await Promise.all((JSON.parse(line) as string[]).map(infoOf))
  const guardians = guardiansOf(child.pid!)
  const processes = [...servers.flatMap(({ pid, child: own }) => [pid, own!]), ...guardians]
  expect(guardians).toHaveLength(1)
  expect(processes.map(isRunning)).toEqual(processes.map(() => true))

  if ('signal' in way) process.kill(-child.pid!, way.signal)
  else child.stdin.write('go\n')
  expect(await ended).toEqual(exit)
  await until(() => !processes.some(isRunning))
})
