import { existsSync } from 'node:fs'
import { didYouMean, EvalsError, toScorers, type Scorer, type ScoreFunction } from '@evals/core'
import { loadModule } from '../experiment/load-module.ts'

/** The scorers of a module, by the eval they are for. */
export interface LoadedScorers {
  /** As it was named, or found. */
  readonly file: string
  /** Empty where none is for this eval. */
  of(evalName: string): readonly Scorer[]
}

const usual = ['ts', 'mts', 'js', 'mjs'].map((extension) => `evals.scorers.${extension}`)

/**
 * Loads the scorers that a module exports, as `default` or `scorers`: a list, or an object of lists by the name of an
 * eval (whole, or its last part).
 * @param file default: `evals.scorers.ts` and the like in this folder
 * @param evals names of the experiment's evals
 * @throws EvalsError `EVALS_USAGE_INVALID`, `EVALS_MODULE_UNREADABLE`, `EVALS_EVAL_UNKNOWN`, and those of scorers
 */
export async function loadScorers(file: string | undefined, evals: readonly string[]): Promise<LoadedScorers> {
  const path = file ?? usual.find((name) => existsSync(name))
  if (path === undefined) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `No scorers are named, and there is no ${usual[0]} here.\nName a module with --scorers FILE. Scorers of an eval file that changed run again by \`evals run --experiment NAME\`.`,
    )
  }
  const module = await loadModule(path)
  const exported = module['default'] ?? module['scorers']
  if (Array.isArray(exported)) {
    const scorers = readList(exported as Given[], path)
    return { file: path, of: () => scorers }
  }
  if (typeof exported !== 'object' || exported === null) throw noScorers(path)
  const byEval = new Map(Object.entries(exported).map(([name, list]) => [name, readList(list as Given[], path)]))
  const known = [...new Set(evals.flatMap((name) => [name, lastPart(name)]))]
  for (const name of byEval.keys()) if (!known.includes(name)) throw unknownEval(name, path, known)
  return { file: path, of: (name) => byEval.get(name) ?? byEval.get(lastPart(name)) ?? [] }
}

type Given = Scorer | ScoreFunction

function readList(list: readonly Given[], path: string): Scorer[] {
  if (!Array.isArray(list) || list.length === 0) throw noScorers(path)
  return toScorers(list)
}

function lastPart(evalName: string): string {
  return evalName.split(' > ').at(-1) ?? evalName
}

function noScorers(path: string): EvalsError {
  return new EvalsError(
    'EVALS_USAGE_INVALID',
    `${path} exports no scorers.\nExport a list, as in \`export default [exactMatch()]\`, or an object of lists by the name of an eval.`,
  )
}

function unknownEval(name: string, path: string, known: readonly string[]): EvalsError {
  return new EvalsError(
    'EVALS_EVAL_UNKNOWN',
    `${path} has scorers for an eval "${name}", which the experiment does not have.${didYouMean(name, known)}\n\`evals show EXPERIMENT\` shows all.`,
    { details: { eval: name } },
  )
}
