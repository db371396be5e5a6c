/** Why data could not be had, for people. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError'
}
