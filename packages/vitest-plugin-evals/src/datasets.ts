export { datasets, defineDataset, findDataset, fromCsv, fromJson, fromJsonl, fromYaml } from '@evals/core/datasets'
export type { Dataset, DatasetContext } from '@evals/core/datasets'
