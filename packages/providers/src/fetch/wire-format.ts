import type { Usage } from '@evals/core'

/** An object read from JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

/** What has been read of an answer so far. */
export interface AnswerReading {
  /** As the server names the model that answered. */
  model?: string | undefined
  usage: Usage
  text: string
  /** The answer has come to an end, whatever end. */
  isWhole: boolean
  /** A filter stopped it, or the model refused: it may pass the next time. */
  isFiltered?: true
  /** Nothing follows in the stream that belongs to the answer. */
  isOver: boolean
}

/** The wire format of one kind of call. */
export interface WireFormat {
  /** Whose it is; also who is called where the host is not known. */
  readonly provider: string
  /** What follows the base URL. */
  readonly path: RegExp
  /** The model's name; default the body's `model`. */
  modelOf?(path: string, body: JsonObject): unknown
  maxOutputTokensOf?(body: JsonObject): unknown
  /** Takes in a whole answer, or one event of a stream. */
  read(answer: JsonObject, reading: AnswerReading): void
}

/** The value, if it is an object. */
export function objectIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}

/** The first member of a list, if it is an object. */
export function firstIn(value: unknown): JsonObject {
  return Array.isArray(value) ? objectIn(value[0]) : {}
}

/** The value, if it is text. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
