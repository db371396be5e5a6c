import { evalKey, keyOf, removedSamples } from '@evals/core'
import pc from 'picocolors'
import type { ShowFlags } from '../commands/show.ts'
import { indexRecords } from '../experiment/current-records.ts'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'
import { terminalColumns, write, writeJson } from '../terminal/output.ts'
import { ErrorGroups, type ErrorGroup } from './group-errors.ts'
import { checkSelected, isSelected } from './select-evals.ts'

/**
 * Prints the errors of an experiment by code and message.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN`
 */
export async function showErrors({ store, document }: FoundExperiment, flags: ShowFlags): Promise<void> {
  const problems = new Problems()
  const index = await indexRecords(store, document.experiment, {
    onProblem: problems.add,
    removed: removedSamples(document),
  })
  const groups = new ErrorGroups()
  const evals = new Set<string>()
  let samples = 0
  for await (const record of index.records()) {
    evals.add(record.eval)
    if (!isSelected(flags.eval, record)) continue
    samples += 1
    groups.add(record)
  }
  const undeclared = (document.undeclared ?? []).filter((one) => isSelected(flags.eval, one))
  checkSelected(flags.eval, samples + undeclared.length, evals)
  const sorted = groups.sorted()
  if (flags.json) {
    writeJson({ experiment: document.experiment, samples, groups: sorted, problems: problems.found })
  } else {
    const none = `No error in ${counted(samples, 'sample')}.\n`
    write(sorted.length === 0 ? none : renderGroups(sorted))
    if (undeclared.length > 0)
      write(`${counted(undeclared.length, 'eval')} could not be declared: \`evals show\` tells why.\n`)
    problems.report()
  }
}

/** Where each message is like no other, the first ones say enough. */
const shownGroups = 50

function renderGroups(groups: readonly ErrorGroup[]): string {
  const left = groups.slice(shownGroups)
  const errors = left.reduce((sum, { count }) => sum + count, 0)
  const more = left.length === 0 ? [] : [`… and ${counted(errors, 'error')} of ${counted(left.length, 'other kind')}\n`]
  return [...groups.slice(0, shownGroups).map(renderGroup), ...more].join('\n')
}

function renderGroup({ code, scorer, count, examples }: ErrorGroup): string {
  const where = scorer === undefined ? '' : ` in the scorer ${scorer}`
  const lines = examples.map(({ eval: name, variant, id, epoch, message }) => {
    const sample = `${evalKey(name, variant)} › ${keyOf({ id, epoch })}`
    return oneLine(`${sample}  ${message}`, terminalColumns() - 4)
  })
  const more = count > examples.length ? [`… and ${(count - examples.length).toLocaleString('en')} more`] : []
  return `${pc.bold(`${count.toLocaleString('en')} × ${oneLine(code)}`)}${where}\n${[...lines, ...more].map((line) => `   ${line}\n`).join('')}`
}
