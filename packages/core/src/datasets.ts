export type { Dataset, DatasetContext, Rows } from './dataset/dataset.ts'
export {
  defineDataset,
  type DatasetDefinition,
  type DatasetInfo,
  type DefinedDataset,
  type LoadContext,
} from './dataset/define-dataset.ts'
export type { FileDataset } from './dataset/dataset-file.ts'
export { fromCsv, type FromCsvOptions } from './dataset/from-csv.ts'
export { fromJson, type FromJsonOptions } from './dataset/from-json.ts'
export { fromJsonl } from './dataset/from-jsonl.ts'
export { fromYaml, type FromYamlOptions } from './dataset/from-yaml.ts'
export { datasets, findDataset } from './dataset/registry.ts'
