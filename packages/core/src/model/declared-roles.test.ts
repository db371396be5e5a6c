import { expect, test } from 'vitest'
import { declaredRoles, declareRole } from './declared-roles.ts'

test('each declared role is there once', () => {
  expect(declaredRoles()).toEqual([])
  for (const role of ['writer', 'judge', 'writer']) declareRole(role)
  expect(declaredRoles()).toEqual(['judge', 'writer'])
})
