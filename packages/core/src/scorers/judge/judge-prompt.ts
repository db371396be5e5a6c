/**
 * What a judge is told to do. The version is in every score's metadata and changes with the text, so that scores by
 * different instructions can be told apart.
 */
export interface JudgePrompt {
  readonly name: string
  readonly version: string
  readonly text: string
}
