import type { Vitest } from 'vitest/node'
import { EvalsReporter } from './evals-reporter.ts'

// Each project brings its own copy of the plugin, and a local plugin file is even evaluated again.
const key = Symbol.for('vitest-plugin-evals/reporter')
const shared = globalThis as { [key]?: WeakMap<Vitest, EvalsReporter> }

/** The one reporter of a Vitest instance, whatever the number of eval projects; added to the user's reporters. */
export function reporterOf(vitest: Vitest): EvalsReporter {
  shared[key] ??= new WeakMap()
  let reporter = shared[key].get(vitest)
  if (reporter === undefined) {
    reporter = new EvalsReporter(vitest)
    shared[key].set(vitest, reporter)
    vitest.config.reporters.push(reporter)
  }
  return reporter
}
