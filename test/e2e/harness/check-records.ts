import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SampleRecord } from '../../../packages/core/src/index.ts'

interface Validator {
  (value: unknown): boolean
  readonly errors?: unknown
}

interface AjvModule {
  readonly Ajv2020: new (options: object) => { compile(schema: unknown): Validator }
}

const validators = new Map<string, Validator>()

/**
 * Checks records against the JSON Schema that an installed `@evals/core` brings.
 * @throws AssertionError with what ajv found
 */
export function checkRecords(records: readonly SampleRecord[], install: string): void {
  let isValid = validators.get(install)
  if (isValid === undefined) {
    const require = createRequire(join(install, 'package.json'))
    const { Ajv2020 } = require(join(install, 'node_modules/ajv/dist/2020.js')) as AjvModule
    isValid = new Ajv2020({ strict: false }).compile(require('@evals/core/schema/record.json'))
    validators.set(install, isValid)
  }
  for (const record of records) {
    if (!isValid(record)) assert.fail(`${JSON.stringify(isValid.errors)} in ${JSON.stringify(record)}`)
  }
}
