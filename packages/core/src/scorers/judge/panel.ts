import type { ScoreDetails, Scorer, ScorerInput, ScoreScale } from '../../scoring/scorer.ts'
import { scorerFingerprint } from '../../scoring/scorer-fingerprint.ts'
import {
  checkOptions,
  invalidOption,
  type OptionRule,
  optionsVersion,
  type ScorerOptions,
  word,
} from '../scorer-options.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { readScorerResult } from '../../scoring/read-scorer-result.ts'
import type { JudgeModel } from './judge-model.ts'
import { panelMetrics } from './panel-metrics.ts'
import { settleAll } from './settle-all.ts'

/** Options of {@link panel}. */
export interface PanelOptions extends ScorerOptions {
  /** The models that judge, by the names they have in the metadata and the metrics; at least two. */
  readonly models: Readonly<Record<string, JudgeModel>>
  /**
   * `majority`: the score most of them give; without one, not scored. `mean`: the mean of their scores. Default
   * `majority`.
   */
  readonly combine?: 'majority' | 'mean'
}

const modelsRule: OptionRule = {
  expected: 'an object of at least two models by name',
  accepts: (value) => isJsonObject(value) && Object.keys(value).length > 1,
}

/**
 * Several models judge by the same scorer, and their scores are made one. A model that gave none has no say; if none
 * gave one, or there is no majority, the sample is not scored. `metadata.votes` has each one's score.
 *
 * Metrics, over all records: `agreement`, Krippendorff's α of all models (nominal for binary scores and for `majority`,
 * else interval), and for each two `kappa.<a>.<b>`, Cohen's κ (quadratic weights where α is of level interval; absent
 * where both only ever gave one and the same score).
 *
 * @param make makes the scorer of one model
 * @param options `models`, `combine = 'majority'`, `name = 'panel'`
 * @returns A scorer on the scale of the one it is made of; the mean of binary scores is graded.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws what the scorers throw, after all have ended
 * @example
 * const models = { gpt: model('openai:gpt-5'), claude: model('anthropic:claude-sonnet-5'), local: model('ollama:qwen3') }
 * scorers: [panel((each) => factuality({ model: each }), { models })]
 */
export function panel(make: (model: JudgeModel) => Scorer, options: PanelOptions): Scorer {
  checkOptions('panel', options, { models: modelsRule, combine: word('majority', 'mean') })
  if (options.models === undefined) throw invalidOption('panel', `option "models" must be ${modelsRule.expected}`, {})
  const { name = 'panel', models, combine = 'majority' } = options
  const members = Object.entries(models).map(([member, model]) => ({ member, scorer: make(model) }))
  const { scorer } = members[0]!
  const scale: ScoreScale = {
    ...(scorer.range === undefined ? {} : { range: scorer.range }),
    direction: scorer.direction ?? 'higher',
    kind: combine === 'mean' ? 'graded' : (scorer.kind ?? 'graded'),
  }
  const level = combine === 'mean' && scorer.kind !== 'binary' ? 'interval' : 'nominal'
  return {
    name,
    ...scale,
    needsExpected: scorer.needsExpected ?? false,
    metrics: panelMetrics(name, { members: Object.keys(models), level }),
    get version() {
      const judges = members.map((one) => [one.member, scorerFingerprint(one.scorer)])
      return optionsVersion(['panel', judges], { combine })
    },
    async score(sample): Promise<ScoreDetails> {
      const given = await settleAll(
        name,
        members.map(async (one) => ({ member: one.member, ...(await scoreOf(one.scorer, sample)) })),
      )
      const votes = Object.fromEntries(given.map(({ member, value }) => [member, value]))
      const values = given.map(({ value }) => value).filter((value) => value !== null)
      const judges = [...new Set(given.map(({ metadata }) => metadata?.['judge']))].filter((one) => one !== undefined)
      const [{ metadata: { prompt, promptVersion } = {} } = {}] = given
      return {
        value: combine === 'mean' ? meanOf(values) : majorityOf(values),
        explanation: given
          .map(({ member, value, explanation = '' }) => `${member}: ${value} ${explanation}`.trim())
          .join('\n'),
        metadata: {
          ...(judges.length > 0 ? { judge: judges.join(' + ') } : {}),
          ...(prompt === undefined ? {} : { prompt, promptVersion }),
          votes,
        },
      }
    },
  }
}

async function scoreOf(
  scorer: Scorer,
  sample: ScorerInput,
): Promise<{ value: number | null; explanation?: string; metadata?: Readonly<Record<string, unknown>> }> {
  const [first] = readScorerResult(await scorer.score(sample), scorer)
  return first?.[1] ?? { value: null }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function majorityOf(values: readonly number[]): number | null {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, same]) => ({ value, count: same.length }))
  const most = counts.find(({ count }) => count > values.length / 2)
  return most?.value ?? null
}
