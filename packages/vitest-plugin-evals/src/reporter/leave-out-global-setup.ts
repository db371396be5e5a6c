import type { TestProject, Vitest } from 'vitest/node'

/**
 * Keeps the unit tests' global set-up away from evals. Vitest runs the root's in every run, so it goes where all other
 * projects of the run, if there are any, inherit it and run it by themselves.
 */
export function leaveOutGlobalSetup(vitest: Vitest, evalProjects: readonly TestProject[]): void {
  const others = vitest.projects.filter((project) => !evalProjects.includes(project))
  const { config } = vitest
  config.globalSetup = filesOf(config).filter((file) => others.some((other) => !filesOf(other.config).includes(file)))
}

function filesOf({ globalSetup }: TestProject['config']): string[] {
  return [globalSetup].flat()
}
