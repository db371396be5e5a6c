import { canonicalHash, didYouMean, EvalsError, scorerFingerprint, type Scorer } from '@evals/core'
import * as scorers from '@evals/core/scorers'
import { model } from '@evals/providers'

type Options = Readonly<Record<string, unknown>>
type Factory = (options?: Options) => Scorer

/** They take scorers or functions, which a text cannot name. */
const unnameable: ReadonlySet<string> = new Set(
  'all any map not panel weighted embeddingSimilarity pairwise'.split(' '),
)

const item = /\s*([A-Za-z]\w*)\s*(?:\(\s*(\{.*?\}|[^()]*)\s*\))?\s*(?:,|$)/y

/**
 * Makes the scorers that a text such as `exactMatch,levenshtein(ignoreCase=true)` names. Options are `name=value` pairs,
 * whose values are JSON or else texts, or one JSON object; the `model` of a judge is named
 * `provider:name`.
 * @throws EvalsError `EVALS_USAGE_INVALID` with the names that may have been meant, `EVALS_SCORER_OPTION_INVALID`
 */
export function readScorers(text: string): Scorer[] {
  const found: Scorer[] = []
  item.lastIndex = 0
  while (item.lastIndex < text.length) {
    const start = item.lastIndex
    const [, name = '', given = ''] = item.exec(text) ?? []
    if (name === '')
      throw invalid(
        `Scorers are named as in exactMatch,levenshtein(ignoreCase=true), and ${JSON.stringify(text.slice(start))} is not.`,
      )
    found.push(makeScorer(name, readOptions(given)))
  }
  if (found.length === 0) throw invalid('No scorer is named.')
  return found
}

function makeScorer(name: string, options: Options): Scorer {
  const known = Object.keys(scorers).filter((each) => !unnameable.has(each))
  if (!known.includes(name)) {
    throw invalid(
      `There is no scorer "${name}".${didYouMean(name, known)}`,
      `Known are ${known.toSorted().join(', ')}.`,
    )
  }
  const { pattern, ...rest } = options
  const given = typeof options['model'] === 'string' ? { ...options, model: model(options['model']) } : options
  const scorer =
    name === 'matches'
      ? scorers.matches(pattern as string | undefined, rest)
      : (scorers as unknown as Readonly<Record<string, Factory>>)[name]!(given)
  // Options are only in its closure, where resuming would not notice a change.
  return { ...scorer, version: canonicalHash([scorerFingerprint(scorer), options]).slice(0, 16) }
}

function readOptions(text: string): Options {
  const given = text.trim()
  if (given === '') return {}
  if (given.startsWith('{')) {
    try {
      return JSON.parse(given) as Options
    } catch (error) {
      throw invalid(`The options ${given} of a scorer are no JSON.`, undefined, error)
    }
  }
  return Object.fromEntries(given.split(',').map(readPair))
}

function readPair(pair: string): [string, unknown] {
  const [, name, value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
  if (name === undefined) throw invalid(`An option of a scorer is name=value, and ${JSON.stringify(pair)} is not.`)
  try {
    return [name, JSON.parse(value)]
  } catch {
    return [name, value]
  }
}

function invalid(what: string, next = 'docs/scorers.md describes them all.', cause?: unknown): EvalsError {
  return new EvalsError('EVALS_USAGE_INVALID', `${what}\n${next}`, cause === undefined ? {} : { cause })
}
