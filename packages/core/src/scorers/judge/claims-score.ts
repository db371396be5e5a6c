import type { ScoreDetails, ScorerInput } from '../../scoring/scorer.ts'
import type { JudgeFacts } from './ask-judge.ts'
import { checkItems, type CheckedItem } from './check-items.ts'
import { extractClaims } from './extract-claims.ts'
import type { ModelGradedOptions } from './judge-model.ts'
import { joinFacts } from './join-facts.ts'
import type { JudgePrompt } from './judge-prompt.ts'
import { unread } from './verdict-scorer.ts'

/** A text whose statements are to be checked. */
export interface ClaimsCheck {
  readonly scorer: string
  /** The text that is taken apart. */
  readonly text: unknown
  /** What the text answers, for the one who takes it apart. */
  readonly question?: unknown
  readonly prompt: JudgePrompt
  /** What the statements are checked against. */
  readonly against: Readonly<Record<string, unknown>>
}

/** The share of a text's statements that hold: one call takes the text apart, one checks all statements. */
export async function scoreClaims(
  { scorer, text, question, prompt, against }: ClaimsCheck,
  options: ModelGradedOptions,
  sample: Pick<ScorerInput, 'signal'>,
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
