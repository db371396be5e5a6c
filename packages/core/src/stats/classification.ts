import { checkPaired } from './invalid-statistic.ts'

/** How often which label was given for which: `counts[i][j]` items of `labels[i]` were called `labels[j]`. */
export interface ConfusionMatrix {
  /** All labels that occur, or those asked for, sorted. */
  readonly labels: readonly string[]
  /** A row per true label, a column per predicted one. */
  readonly counts: readonly (readonly number[])[]
}

/** Figures of one class or an average; `null` where the quotient is 0/0. */
export interface ClassFigures {
  /** TP / (TP + FP): how many called so are so; `null` if none was called so. */
  readonly precision: number | null
  /** TP / (TP + FN): how many that are so were called so; `null` if none is so. */
  readonly recall: number | null
  /** 2·TP / (2·TP + FP + FN), the harmonic mean of both; `null` if none is so or was called so. */
  readonly f1: number | null
  /** Items whose true label it is. */
  readonly support: number
}

/** The figures of a classification. */
export interface ClassificationReport {
  readonly n: number
  /** Share of items with the right label. */
  readonly accuracy: number | null
  readonly classes: Readonly<Record<string, ClassFigures>>
  /** Means over the classes; a figure that is 0/0 counts as 0, so that a class never predicted lowers the mean. */
  readonly macro: Omit<ClassFigures, 'support'>
  /** From the sums of TP, FP and FN over the classes; with one label per item all three are the accuracy. */
  readonly micro: Omit<ClassFigures, 'support'>
}

/**
 * The confusion matrix of true and predicted labels (rows: truth), as scikit-learn's `confusion_matrix`.
 *
 * @param options.labels the classes, also those that do not occur; default: all that occur
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths
 */
export function confusionMatrix(
  truth: readonly string[],
  predicted: readonly string[],
  options: { readonly labels?: readonly string[] } = {},
): ConfusionMatrix {
  checkPaired(truth, predicted, 'truth and predictions')
  const labels = [...new Set([...(options.labels ?? []), ...truth, ...predicted])].sort()
  const positions = new Map(labels.map((label, index) => [label, index]))
  const counts = labels.map(() => labels.map(() => 0))
  for (const [index, label] of truth.entries()) {
    counts[positions.get(label)!]![positions.get(predicted[index]!)!]! += 1
  }
  return { labels, counts }
}

/**
 * Accuracy, and precision, recall and F1 of each class with their macro and micro averages (van Rijsbergen, Information
 * Retrieval, 1979; the averages as in scikit-learn with `zero_division=0`).
 */
export function classificationReport({ labels, counts }: ConfusionMatrix): ClassificationReport {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const n = sum(counts.map(sum))
  const tallies = labels.map((_, index) => {
    const right = counts[index]![index]!
    const actual = sum(counts[index]!)
    const called = sum(counts.map((row) => row[index]!))
    return { right, actual, called }
  })
  const total = {
    right: sum(tallies.map(({ right }) => right)),
    actual: n,
    called: n,
  }
  const classes = tallies.map((tally) => ({ ...figuresOf(tally), support: tally.actual }))
  const mean = (figure: 'precision' | 'recall' | 'f1'): number | null =>
    n === 0 ? null : sum(classes.map((own) => own[figure] ?? 0)) / classes.length
  return {
    n,
    accuracy: ratio(total.right, n),
    classes: Object.fromEntries(labels.map((label, index) => [label, classes[index]!])),
    macro: { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
    micro: figuresOf(total),
  }
}

function figuresOf(tally: { right: number; actual: number; called: number }): Omit<ClassFigures, 'support'> {
  const { right, actual, called } = tally
  return { precision: ratio(right, called), recall: ratio(right, actual), f1: ratio(2 * right, called + actual) }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
