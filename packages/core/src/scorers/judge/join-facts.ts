import type { JudgeFacts } from './ask-judge.ts'

/** The facts of several calls that made one score. */
export function joinFacts(...all: readonly [JudgeFacts, ...JudgeFacts[]]): JudgeFacts {
  const versions = new Map(all.map(({ prompt, promptVersion }) => [prompt, promptVersion]))
  return {
    ...all.reduce((joined, facts) => ({ ...joined, ...facts })),
    judge: [...new Set(all.map(({ judge }) => judge))].join(' + '),
    prompt: [...versions.keys()].join(' + '),
    promptVersion: [...versions.values()].join(' + '),
  }
}
