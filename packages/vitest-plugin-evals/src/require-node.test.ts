import { expect, test } from 'vitest'
import { requireNode } from './require-node.ts'

test.for(['22.19.0', '22.20.1', '24.0.0'])('Node %s is new enough', (version) => {
  expect(() => requireNode(version, '>=22.19')).not.toThrow()
})

test.for(['18.20.0', '20.20.2', '22.18.9'])('Node %s is refused by its name', (version) => {
  expect(() => requireNode(version, '>=22.19')).toThrow(
    expect.objectContaining({
      code: 'EVALS_NODE_UNSUPPORTED',
      message: expect.stringContaining(`Evals need Node 22.19 or later, and this is Node ${version}.`),
    }),
  )
})

test('this Node is one that the package says it runs on', () => {
  expect(() => requireNode()).not.toThrow()
})
