/** What a worker sends to hold a key. */
export interface LeaseMessage {
  readonly key: string
}
