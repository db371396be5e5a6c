import type { ScoreDetails, Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { unitScale } from '../text-scorer.ts'
import type { JudgeFacts } from './ask-judge.ts'
import { checkItems, type CheckedItem } from './check-items.ts'
import { extractClaims } from './extract-claims.ts'
import { type ModelGradedOptions, requireModel } from './judge-model.ts'
import { joinFacts } from './join-facts.ts'
import type { JudgePrompt } from './judge-prompt.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { judgeVersion, unread } from './verdict-scorer.ts'

/** A scorer of the statements of a text. */
export interface ClaimsScorerParts {
  /** What the function is called, for messages. */
  readonly factory: string
  readonly options: ModelGradedOptions
  readonly prompt: JudgePrompt
  readonly needsExpected?: boolean
  /** What is checked of a sample. */
  readonly claims: (scorer: string, sample: ScorerInput) => Claims
}

/** A text whose statements are to be checked. */
export interface Claims {
  /** The text that is taken apart. */
  readonly text: unknown
  /** What the text answers, for the one who takes it apart. */
  readonly question?: unknown
  /** What the statements are checked against. */
  readonly against: Readonly<Record<string, unknown>>
}

/** A scorer of the share of a text's statements that hold. */
export function claimsScorer(parts: ClaimsScorerParts): Scorer {
  const { factory, options, prompt, needsExpected = false, claims } = parts
  requireModel(factory, options)
  const { name = factory } = options
  return {
    name,
    ...unitScale,
    needsExpected,
    get version() {
      return judgeVersion(factory, [claimsPrompt, prompt], options)
    },
    score: async (sample) => scoreClaims({ scorer: name, prompt, ...claims(name, sample) }, options, sample),
  }
}

/** One call takes the text apart, one checks all statements. */
async function scoreClaims(
  { scorer, prompt, text, question, against }: Claims & { readonly scorer: string; readonly prompt: JudgePrompt },
  options: ModelGradedOptions,
  sample: ScorerInput,
): Promise<ScoreDetails> {
  const extracted = await extractClaims({ scorer, text, question }, options, sample)
  if ('problem' in extracted.reading) return unread(extracted.reading.problem, extracted.facts)
  const claims = extracted.reading.answer
  if (claims.length === 0) {
    return { value: null, explanation: 'not scored: the text makes no statement', metadata: { ...extracted.facts } }
  }
  const check = { scorer, prompt, called: 'statement', items: claims, parts: against }
  const checked = await checkItems(check, options, sample)
  const facts = joinFacts(extracted.facts, checked.facts)
  if ('problem' in checked.reading) return unread(checked.reading.problem, facts)
  return shareOf(claims, checked.reading.answer, facts)
}

function shareOf(claims: readonly string[], checks: readonly CheckedItem[], facts: JudgeFacts): ScoreDetails {
  const holding = checks.filter(({ holds }) => holds).length
  return {
    value: holding / claims.length,
    explanation: `${holding} of ${claims.length} statements`,
    metadata: { ...facts, statements: claims.map((text, index) => ({ text, ...checks[index] })) },
  }
}
