import type { SampleRecord } from '../../record/record.ts'
import type { Metric } from '../../scoring/scorer.ts'
import {
  type ClassificationReport,
  classificationReport,
  type ConfusionMatrix,
  confusionMatrix,
} from '../../stats/classification.ts'
import { scoreMetadata } from '../similarity/corpus-metric.ts'

type Figure = 'precision' | 'recall' | 'f1'

interface Figures {
  readonly matrix: ConfusionMatrix
  readonly report: ClassificationReport
}

/** What the column of outputs that are no label is called. */
const none = '(none)'
const figures: readonly Figure[] = ['precision', 'recall', 'f1']

/** The metrics of a classification, from the `{ expected, predicted }` that the scorer left in its metadata. */
export function classMetrics(scorer: string, labels: readonly string[]): Metric[] {
  const computed = new WeakMap<readonly SampleRecord[], Figures>()

  function figuresOf(records: readonly SampleRecord[]): Figures {
    let found = computed.get(records)
    if (found === undefined) computed.set(records, (found = compute(records)))
    return found
  }

  function compute(records: readonly SampleRecord[]): Figures {
    const given = scoreMetadata(records, scorer)
    const truth = given.map(({ expected }) => String(expected))
    const predicted = given.map((metadata) => (metadata['predicted'] === null ? none : String(metadata['predicted'])))
    const matrix = confusionMatrix(truth, predicted, { labels: [...labels, none] })
    return { matrix, report: classificationReport(matrix) }
  }

  function metric(name: string, figure: (figures: Figures) => number | null): Metric {
    return {
      name,
      compute(records) {
        const found = figuresOf(records)
        const value = figure(found)
        const { n } = found.report
        return value === null ? { value: 0, n, note: 'it is 0/0, which counts as 0' } : { value, n }
      },
    }
  }

  const own = (report: ClassificationReport, label: string, figure: Figure): number | null => {
    return report.classes[label]?.[figure] ?? null
  }
  const macro = (figure: Figure) => {
    return metric(`macro${capital(figure)}`, ({ report }) => {
      return labels.reduce((sum, label) => sum + (own(report, label, figure) ?? 0), 0) / labels.length
    })
  }
  return [
    metric('accuracy', ({ report }) => report.accuracy),
    ...figures.map(macro),
    ...figures.map((figure) => metric(`micro${capital(figure)}`, (found) => micro(found, figure))),
    ...labels.flatMap((label) => {
      return figures.map((figure) => metric(`${figure}.${label}`, ({ report }) => own(report, label, figure)))
    }),
    ...labels.flatMap((truth) => {
      return [...labels, none].map((called) => {
        return metric(`confusion.${truth}.${called}`, ({ matrix }) => cell(matrix, truth, called))
      })
    }),
  ]
}

/** From the sums over the labels; an output that is no label was not called anything. */
function micro({ matrix, report }: Figures, figure: Figure): number | null {
  const right = (report.accuracy ?? 0) * report.n
  const unlabelled = matrix.labels.reduce((sum, label) => sum + cell(matrix, label, none), 0)
  const called = report.n - unlabelled
  const whole = { precision: called, recall: report.n, f1: (called + report.n) / 2 }[figure]
  return whole === 0 ? null : right / whole
}

function cell({ labels, counts }: ConfusionMatrix, truth: string, called: string): number {
  return counts[labels.indexOf(truth)]?.[labels.indexOf(called)] ?? 0
}

function capital(figure: Figure): string {
  return figure.charAt(0).toUpperCase() + figure.slice(1)
}
