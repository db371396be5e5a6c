import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** Waits for the first element that is meant, and fails unless people see it. */
export async function expectShown(locator: Locator): Promise<void> {
  await locator.first().waitFor()
  expect(await locator.first().isVisible()).toBe(true)
}
