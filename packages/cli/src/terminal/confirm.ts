import { createInterface } from 'node:readline'
import type { ReadStream } from 'node:tty'
import { EvalsError } from '@evals/core'

/** Where a person is asked and answers. */
interface Terminal {
  readonly input: Pick<ReadStream, 'isTTY'> & NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/**
 * Asks on the terminal; anything but `y` and `yes` is a no, and so is the end of the input.
 * @param yes answers without asking
 * @throws EvalsError `EVALS_USAGE_INVALID` where nobody can be asked
 */
export async function confirm(
  question: string,
  yes: boolean,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (yes) return true
  if (!input.isTTY) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `"${question}" cannot be asked without a terminal.\nAdd --yes to go on.`,
    )
  }
  const reader = createInterface({ input, output, prompt: `${question} [y/N] ` })
  // Otherwise readline would only close, as at the end of the input.
  reader.on('SIGINT', () => process.exit(130))
  const answer = await new Promise<string>((resolve) => {
    reader.once('line', resolve)
    reader.once('close', () => resolve(''))
    reader.prompt()
  })
  reader.close()
  return /^y(es)?$/i.test(answer.trim())
}
