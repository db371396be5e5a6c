import { SourceError } from './source-error.ts'

/** Whether the page is a report, with its data inside. */
export function isReport(): boolean {
  return document.getElementById('index') !== null
}

/** Unpacks a part of a report that holds JSON. */
export async function readPart<Value>(name: string): Promise<Value> {
  return (await new Response(unpack(name)).json()) as Value
}

/** Unpacks a part of a report that holds bytes. */
export async function readPartBytes(name: string): Promise<ArrayBuffer> {
  return new Response(unpack(name)).arrayBuffer()
}

/** A part is gzip in base64, in an element of its own. */
function unpack(name: string): ReadableStream {
  const text = document.getElementById(name)?.textContent
  if (text === undefined) throw new SourceError('This report is not complete: a part of it is missing.')
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
}
