// What `@evals/cli` shares with the plugin, so that nothing is told in two ways; no interface for others.
export { loadEnvFiles } from './env-files.ts'
export { optionHelp, optionsOfArguments, type OptionHelp } from './read-options.ts'
export { formatDuration, formatFigure, formatInteger, formatMean, formatUsd } from './reporter/format.ts'
export { Progress } from './reporter/progress.ts'
export { renderReport, type Report } from './reporter/render-report.ts'
