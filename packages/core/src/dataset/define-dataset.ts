import { EvalsError } from '../errors.ts'
import { didYouMean } from '../near-names.ts'
import type { DatasetContext, Rows } from './dataset.ts'
import { registerDataset } from './registry.ts'

/** What a defined dataset's `load` is given. */
export interface LoadContext extends DatasetContext {
  /** One of `splits`; `undefined` where there are none. */
  readonly split: string | undefined
}

/** A dataset that has a name. */
export interface DatasetDefinition<Row> {
  readonly name: string
  /** Its parts, such as `['train', 'test']`; the first one is read unless another is named. Default: none. */
  readonly splits?: readonly string[]
  /** The columns of a row, in order. Default: not told. */
  readonly columns?: readonly string[]
  /** For people. */
  readonly description?: string
  /** Changes when the rows do. Default: a hash of the planned samples. */
  readonly revision?: string
  /** Gives the rows; called when an eval with the dataset is collected. */
  load(context: LoadContext): Rows<Row> | Promise<Rows<Row>>
}

/** What is known of a dataset without loading it. */
export interface DatasetInfo extends Omit<DatasetDefinition<unknown>, 'load'> {
  /** The part that is read. */
  readonly split?: string
}

/** A named dataset: wherever a dataset is wanted, it is one. */
export interface DefinedDataset<Row> {
  (context: DatasetContext): Rows<Row> | Promise<Rows<Row>>
  readonly info: DatasetInfo
  /**
   * The dataset with another part.
   * @throws EvalsError `EVALS_DATASET_UNKNOWN`
   */
  split(name: string): DefinedDataset<Row>
}

/**
 * Names a dataset and enters it into the registry (see `datasets`); a later definition of the name takes the place of the
 * earlier one, since watch mode evaluates modules again.
 * @example test.each(defineDataset({ name: 'capitals', splits: ['easy', 'hard'], load: ({ split }) => rows[split] }).split('hard'))
 * @throws EvalsError `EVALS_DATASET_INVALID`
 */
export function defineDataset<Row>(definition: DatasetDefinition<Row>): DefinedDataset<Row> {
  const { name, splits, load } = definition
  if (typeof name !== 'string' || name.trim() === '') throw invalid('A dataset needs a `name`, a text.')
  if (typeof load !== 'function')
    throw invalid(`The dataset "${name}" needs \`load\`, a function that returns its rows.`)
  if (splits !== undefined && (splits.length === 0 || new Set(splits).size < splits.length)) {
    throw invalid(`The \`splits\` of the dataset "${name}" must be different names, or be left out.`)
  }
  const dataset = withSplit(definition, splits?.[0])
  registerDataset(dataset)
  return dataset
}

function withSplit<Row>(definition: DatasetDefinition<Row>, split: string | undefined): DefinedDataset<Row> {
  const { load, ...described } = definition
  return Object.assign((context: DatasetContext) => load.call(definition, { ...context, split }), {
    info: { ...described, ...(split === undefined ? {} : { split }) },
    split(name: string): DefinedDataset<Row> {
      const { splits = [] } = definition
      if (splits.includes(name)) return withSplit(definition, name)
      const known = splits.length === 0 ? 'It has none.' : `It has ${splits.join(', ')}.`
      throw new EvalsError(
        'EVALS_DATASET_UNKNOWN',
        `The dataset "${definition.name}" has no split "${name}". ${known}${didYouMean(name, splits)}`,
        { details: { dataset: definition.name, split: name } },
      )
    },
  })
}

function invalid(message: string): EvalsError {
  return new EvalsError('EVALS_DATASET_INVALID', message)
}
