import type { TestProject, Vitest } from 'vitest/node'

/** Where only evals run, Vitest's default reporter leaves slow samples and the last line of the terminal to ours. */
export function quietDefaultReporter(vitest: Vitest, evalProjects: readonly TestProject[]): void {
  if (vitest.projects.some((project) => !evalProjects.includes(project))) return
  vitest.config.slowTestThreshold = Number.POSITIVE_INFINITY
  for (const reporter of vitest.config.reporters) {
    if (Array.isArray(reporter) && reporter[0] === 'default') reporter[1] = { ...Object(reporter[1]), summary: false }
  }
}
