import type { RecordKey, SampleLabel } from '@evals/core'

/** What a person said last of a sample. */
export function newestLabel(labels: readonly SampleLabel[], sample: RecordKey): SampleLabel | undefined {
  return labels.findLast(
    (label) =>
      label.eval === sample.eval &&
      label.id === sample.id &&
      label.epoch === sample.epoch &&
      isSameVariant(label.variant, sample.variant),
  )
}

function isSameVariant(a: RecordKey['variant'], b: RecordKey['variant']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
