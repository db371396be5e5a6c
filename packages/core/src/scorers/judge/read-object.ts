import type { ModelResponse } from '../../model/language-model.ts'
import { isJsonObject, readJson, withoutFences } from '../structure/read-json.ts'

/**
 * The object of an answer: the structured one, else the text where it is nothing but a JSON object (a code fence around
 * it does no harm). `undefined` for anything else.
 */
export function readObject({
  object,
  text,
}: Pick<ModelResponse, 'text' | 'object'>): Readonly<Record<string, unknown>> | undefined {
  if (object !== undefined) return isJsonObject(object) ? object : undefined
  const reading = readJson(withoutFences(text))
  return 'value' in reading && isJsonObject(reading.value) ? reading.value : undefined
}
