import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EvalsError } from '@evals/core'

/** The built page. */
export interface DashboardFiles {
  readonly html: string
  readonly script: string
  readonly style: string
}

/**
 * Reads the page that `@evals/dashboard` was built into.
 * @throws EvalsError `EVALS_DASHBOARD_MISSING`
 */
export async function readDashboard(): Promise<DashboardFiles> {
  const manifest = fileURLToPath(import.meta.resolve('@evals/dashboard/package.json'))
  const folder = join(dirname(manifest), 'dist')
  try {
    const [html, script, style] = await Promise.all(
      ['index.html', 'dashboard.js', 'dashboard.css'].map((name) => readFile(join(folder, name), 'utf8')),
    )
    return { html: html!, script: script!, style: style! }
  } catch (error) {
    throw new EvalsError(
      'EVALS_DASHBOARD_MISSING',
      `The page of @evals/dashboard is not in ${folder}. Install the package again, or build it with \`pnpm build\` in its repository.`,
      { cause: error, details: { folder } },
    )
  }
}
