// What `@evals/cli` shares with the plugin, so that nothing is told in two ways; no interface for others.
export { loadEnvFiles } from './env-files.ts'
export { optionHelp, optionsOfArguments, type OptionHelp } from './read-options.ts'
export { experimentMarkdown } from './markdown/experiment-markdown.ts'
export { formatDuration, formatFigure, formatInteger, formatMean, formatUsd } from './terminal/format.ts'
export { baselineProperties, sampleProperties, thresholdProperties } from './junit/junit-properties.ts'
export { Progress } from './terminal/progress.ts'
export { renderReport, type Report } from './terminal/render-report.ts'
export { shortNames } from './terminal/render-table.ts'
