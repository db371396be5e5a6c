import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'

export default defineConfig({ plugins: [evals()] })
