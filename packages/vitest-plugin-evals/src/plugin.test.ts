import { expect, onTestFinished, test } from 'vitest'
import type { VitestPluginContext } from 'vitest/node'
import { evals } from './plugin.ts'

test('an old Node is told before something is called that it does not have', async () => {
  const versions = Object.getOwnPropertyDescriptor(process, 'versions')!
  onTestFinished(() => void Object.defineProperty(process, 'versions', versions))
  Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node: '20.20.2' } })
  const project = { name: 'evals', config: { env: {} } }
  const vitest = { config: { coverage: { enabled: false }, root: import.meta.dirname } }
  const configure = evals().at(-1)!.configureVitest as unknown as (context: VitestPluginContext) => Promise<void>
  await expect(configure({ vitest, project } as unknown as VitestPluginContext)).rejects.toThrow(
    'Evals need Node 22.19 or later, and this is Node 20.20.2.',
  )
  expect(project.config.env).toEqual({})
})
