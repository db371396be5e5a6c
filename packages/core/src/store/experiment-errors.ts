import { EvalsError } from '../errors.ts'
import { didYouMean, nearNames } from '../near-names.ts'
import { leaseWindowMs, type LeaseHolder } from './lease-holder.ts'

/** An `EVALS_EXPERIMENT_IN_USE` that names who holds the experiment. */
export function experimentInUse(experiment: string, { host, pid, since }: LeaseHolder): EvalsError {
  return new EvalsError(
    'EVALS_EXPERIMENT_IN_USE',
    `The experiment "${experiment}" is in use by process ${pid} on ${host} since ${since}. Wait until it ends or stop it, or take another name. If it is gone, its hold ends by itself: at once on the same host, elsewhere after ${leaseWindowMs / 1000} s.`,
    { details: { experiment, host, pid, since } },
  )
}

/** An `EVALS_EXPERIMENT_EXISTS` for a name that is taken. */
export function experimentExists(experiment: string): EvalsError {
  return new EvalsError(
    'EVALS_EXPERIMENT_EXISTS',
    `There is an experiment "${experiment}" already. Choose another name, or delete or rename that one first.`,
    { details: { experiment } },
  )
}

/** An `EVALS_EXPERIMENT_UNKNOWN` with the names that may have been meant. */
export function experimentUnknown(experiment: string, known: readonly string[]): EvalsError {
  return new EvalsError(
    'EVALS_EXPERIMENT_UNKNOWN',
    `There is no experiment "${experiment}".${didYouMean(experiment, known) || countOf(known)}`,
    { details: { experiment, near: nearNames(experiment, known) } },
  )
}

function countOf(known: readonly string[]): string {
  if (known.length === 0) return ' There is none at all.'
  return known.length === 1 ? ` There is only "${known[0]}".` : ` There are ${known.length}, such as "${known[0]}".`
}

/** An `EVALS_ATTACHMENT_UNREADABLE` about the bytes a record refers to. */
export function attachmentUnreadable(where: string, reason: 'missing' | 'damaged'): EvalsError {
  const what =
    reason === 'missing'
      ? 'There is no attachment'
      : 'The bytes are not those that were stored: they have another SHA-256 than their name says, in the attachment'
  return new EvalsError(
    'EVALS_ATTACHMENT_UNREADABLE',
    `${what} ${where}. Restore it from where the experiment was copied, or run the samples that need it again.`,
    { details: { where, reason } },
  )
}
