const { stdout, stderr } = process

let isListening = false
let told: Error | undefined

/**
 * Makes what goes wrong with the standard streams no crash; to be called before they are written to. `evals export … |
 * head` closes the pipe when it has seen enough, which is no failure and no success either; of any other error people are
 * told once, and the exit code is 2.
 */
export function expectStreamErrors(): void {
  if (isListening) return
  isListening = true
  stdout.on('error', (error: Error) => {
    if (!isClosedPipe(error)) tell(error)
  })
  // Nobody is left who could be told.
  stderr.on('error', () => {})
}

/** Whether an error of standard output is dealt with. */
export function isStreamError(error: unknown): boolean {
  return isClosedPipe(error) || (told !== undefined && error === told)
}

function tell(error: Error): void {
  if (told !== undefined) return
  told = error
  // The command ends in order, and may have a code of its own.
  process.once('exit', () => {
    process.exitCode = 2
  })
  void import('../report-error.ts').then(({ reportUnwritable }) => reportUnwritable(error))
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}
