import type { Vitest } from 'vitest/node'
import { printable } from './printable.ts'

/** Where the report and the progress go. */
export interface Output {
  readonly stream: NodeJS.WritableStream
  write(text: string): void
  readonly isTty: boolean
  /** Width of the terminal in columns. */
  readonly columns: number
}

const machineReporters = new Set(['json', 'junit', 'tap', 'tap-flat'])

/** The stream a person reads: standard output, or standard error where a reporter for machines owns the other. */
export function prepareOutput({ config, logger }: Vitest): Output {
  const owned = config.reporters.some((reporter) => {
    const name = Array.isArray(reporter) ? reporter[0] : undefined
    return typeof name === 'string' && machineReporters.has(name)
  })
  return outputTo(owned ? logger.errorStream : logger.outputStream)
}

/** A stream with what is known of the terminal behind it. */
export function outputTo(stream: NodeJS.WritableStream): Output {
  const { isTTY, columns } = stream as Partial<NodeJS.WriteStream>
  return {
    stream,
    write: (text) => void stream.write(printable(text)),
    isTty: isTTY === true && process.env['CI'] === undefined,
    // A terminal of unknown width says 0.
    columns: columns || 120,
  }
}
