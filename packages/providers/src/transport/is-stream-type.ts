const streamTypes = /^(?:text\/event-stream|application\/(?:x-ndjson|jsonl|x-jsonlines|stream\+json))/i

/** Whether a `content-type` is that of an answer which comes piece by piece: events, or lines of JSON. */
export function isStreamType(contentType: string): boolean {
  return streamTypes.test(contentType)
}
