import { recordLines } from '../subjects.ts'
import type { Tool } from './tool.ts'

const vitest = ['node_modules/vitest/vitest.mjs', 'run']

/** Ours and bare Vitest, which run the files of `projects.ts`. */
export const ownTools: readonly Tool[] = [
  {
    name: 'evals',
    args: [...vitest, '--project', 'evals', 'one.eval.js'],
    leaves: '.evals/**',
    records: (folder) => recordLines(folder).filter(isWhole).length,
  },
  {
    name: 'bare Vitest',
    args: [...vitest, '--config', 'bare-threads.config.js'],
    leaves: '.evals/**',
    records: () => 0,
  },
]

/** Whether a killed process wrote all of the line. */
function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
