import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { audit, overflow } from './audit.ts'

/** How every page is looked at. */
export const looks = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 360, dark: false },
  { width: 360, dark: true },
] as const

/**
 * Expects that everybody can use the page and that it is no wider than the window, and closes it. With `SCREENSHOTS` its
 * picture is kept in that folder, to be looked at.
 */
export async function expectUsable(page: Page, picture?: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder !== undefined && picture !== undefined) {
    await page.screenshot({ path: join(folder, `${picture}.png`), fullPage: true })
  }
  expect({ violations: await audit(page), overflow: await overflow(page) }).toEqual({ violations: [], overflow: 0 })
  await page.context().close()
}
