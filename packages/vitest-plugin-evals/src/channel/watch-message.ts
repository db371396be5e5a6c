/** An eval's dataset reads a file. */
export interface WatchMessage {
  /** Name of the eval's project. */
  readonly project: string
  /** Absolute path of the eval file. */
  readonly file: string
  /** Absolute path of the file that is read. */
  readonly path: string
}
