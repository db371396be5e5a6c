import { clientModules } from './client-modules.ts'
import { clientPrograms } from './client-programs.ts'
import { vitestFiles } from './vitest-files.ts'

/** The files of the project that is measured. */
export const files: Readonly<Record<string, string>> = { ...clientModules, ...clientPrograms, ...vitestFiles }

/** What its programs need besides our packages. */
export const dependencies: Readonly<Record<string, string>> = {
  openai: '^7.57.0',
  'p-limit': '^7.3.0',
  'p-retry': '^9.0.0',
  undici: '^8.12.4',
}
