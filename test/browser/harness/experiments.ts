import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  evalKey,
  summarizeEval,
  toSampleResult,
  type EvalSummary,
  type ExperimentDocument,
  type LimiterChange,
  type SampleRecord,
  type ScorerDeclaration,
} from '../../../packages/core/src/index.ts'
import { makeDocument, makeRecord } from '../../../packages/core/src/testing.ts'
import { encodeName } from '../../../packages/storage/src/json/encode-name.ts'

/** An experiment as files: its records, and parts of its document. */
export interface WrittenExperiment {
  readonly name: string
  readonly records: readonly SampleRecord[]
  readonly document?: Partial<ExperimentDocument>
  readonly attachments?: Readonly<Record<string, Uint8Array>>
  /** Only the records: as a run that was killed at its beginning leaves it. */
  readonly isHalfWritten?: true
}

/** Writes an experiment into a `json://` store, as its format is documented; a store would sync every record. */
export async function writeExperiment(folder: string, experiment: WrittenExperiment): Promise<void> {
  const { name, records, document = {}, attachments = {}, isHalfWritten } = experiment
  const home = join(folder, 'experiments', encodeName(name))
  for (const part of ['records', 'attachments']) mkdirSync(join(home, part), { recursive: true })
  writeFileSync(join(home, 'records/run-1.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  for (const [file, bytes] of Object.entries(attachments)) writeFileSync(join(home, 'attachments', file), bytes)
  if (isHalfWritten) return
  const evals = document.evals ?? (await figuresOf(records))
  writeFileSync(join(home, 'experiment.json'), JSON.stringify(makeDocument(name, { ...document, evals })))
}

/** The figures of all evals in some records. */
async function figuresOf(
  records: readonly SampleRecord[],
  scorers: readonly ScorerDeclaration[] = [],
): Promise<Record<string, EvalSummary>> {
  const groups = Map.groupBy(records, (record) => evalKey(record.eval, record.variant))
  const evals: Record<string, EvalSummary> = {}
  for (const [key, group] of groups) {
    const { eval: name, variant } = group[0]!
    evals[key] = await summarizeEval({ eval: name, variant, planned: group.length, scorers }, group.map(toSampleResult))
  }
  return evals
}

const topics = ['delivery', 'price', 'quality', 'support'] as const
const moods = ['positive', 'negative', 'neutral'] as const

/** Reviews and what a model made of them: right more often with a higher `skill`; some calls fail. */
export function reviews(
  count: number,
  { skill = 0.8, seed = 1 }: { readonly skill?: number; readonly seed?: number } = {},
): SampleRecord[] {
  const random = randomNumbers(seed)
  return Array.from({ length: count }, (_, index) => {
    const topic = topics[index % topics.length]!
    const expected = moods[index % moods.length]!
    const isRight = random() < (topic === 'support' ? skill - 0.25 : skill)
    const output = isRight ? expected : moods[(index + 1) % moods.length]!
    const isError = random() < 0.01
    const durationMs = 200 + 900 * random() ** 3
    return makeRecord({
      eval: 'reviews.eval.ts > sentiment',
      id: `review-${String(index).padStart(6, '0')}`,
      input: {
        review: `The ${topic} of order ${index} was ${['great, thank you', 'a disappointment', 'as expected'][index % 3]}. ${'I have bought here before. '.repeat(index % 4)}`,
      },
      expected,
      tags: [topic],
      startedAt: new Date(Date.UTC(2026, 0, 2, 3, 0, index % 3600)).toISOString(),
      durationMs,
      model: 'openai:gpt-5-mini',
      ...(isError ? failed : answered(output, isRight, random())),
    })
  })
}

const failed: Partial<SampleRecord> = {
  outcome: 'error',
  passed: null,
  output: undefined,
  scores: {},
  error: {
    name: 'ModelCallError',
    code: 'EVALS_MODEL_UNAVAILABLE',
    message: 'The server answered 503 four times.',
    attempts: [{ name: 'ModelCallError', message: '503 Service Unavailable' }],
  },
}

function answered(output: string, isRight: boolean, confidence: number): Partial<SampleRecord> {
  const usage = { inputTokens: 120, outputTokens: 8 }
  return {
    output,
    passed: isRight,
    scores: {
      exactMatch: { value: isRight ? 1 : 0, kind: 'binary' },
      confidence: { value: Math.round(confidence * 100) / 100, explanation: 'As the model said.' },
    },
    usage,
    costUsd: 0.00012,
    calls: [
      {
        model: 'openai:gpt-5-mini',
        purpose: 'task',
        durationMs: 400,
        firstTokenMs: 120,
        queuedMs: 3,
        retries: 0,
        cached: false,
        usage,
        costUsd: 0.00012,
      },
    ],
  }
}

/** What a limiter did over a run. */
export function limits(): LimiterChange[] {
  return [8, 16, 32, 64, 48, 52, 56, 60].map((connections, index) => ({
    at: new Date(Date.UTC(2026, 0, 2, 3, 0, index * 7)).toISOString(),
    key: 'openai gpt-5-mini',
    connections,
    reason: index === 4 ? 'refused' : 'growth',
  }))
}

/** The stored form of bytes, and the name of their file. */
export function blobOf(bytes: Uint8Array, mediaType: string, extension: string): { blob: object; file: string } {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { blob: { $blob: sha256, mediaType, bytes: bytes.length }, file: `${sha256}.${extension}` }
}

/** A red square of 8 × 8. */
export const png: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC',
  'base64',
)

/** A tenth of a second of silence: mono, 8,000 samples of 8 bits a second. */
export const wav: Uint8Array = silence(800)

function silence(samples: number): Uint8Array {
  const bytes = Buffer.alloc(44 + samples, 128)
  bytes.write('RIFF')
  bytes.writeUInt32LE(36 + samples, 4)
  bytes.write('WAVEfmt ', 8)
  for (const [index, value] of [16, 0x0001_0001, 8_000, 8_000, 0x0008_0001].entries()) {
    bytes.writeUInt32LE(value, 16 + 4 * index)
  }
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples, 40)
  return bytes
}

/** Mulberry32: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
