import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { EvalsError } from '@evals/core'

interface VitestManifest {
  readonly bin: { readonly vitest: string }
}

export async function defineRun(command: Command): Promise<void> {
  const { optionHelp, optionsOfArguments } = await import('vitest-plugin-evals/cli')
  command.usage('[filters...] [options] [-- vitest options]')
  for (const { flag, isBoolean, about, expected } of optionHelp) {
    if (isBoolean) command.option(flag, about).option(negated(flag))
    else command.option(`${flag} <value>`, `${about} (${expected})`)
  }
  command.action((words: readonly string[], values: Readonly<Record<string, string | boolean>>) => {
    const given = optionHelp.flatMap(({ name, flag, isBoolean }) => {
      const value = values[name]
      if (value === undefined) return []
      if (isBoolean) return [value === true ? flag : negated(flag)]
      return [`${flag}=${String(value)}`]
    })
    // A mistake is told before Vitest starts.
    optionsOfArguments(given)
    const project = process.argv.some((argument) => /^(--project|-p)(=|$)/.test(argument)) ? [] : ['--project', 'evals']
    const separated = given.length === 0 ? [] : ['--', ...given]
    return startVitest(['run', ...project, ...words, ...separated])
  })
}

function negated(flag: string): string {
  return `--no-${flag.slice(2)}`
}

/**
 * Starts the project's Vitest in this process, so that its exit code, signals and terminal are its own. Returns before it
 * ends.
 * @throws EvalsError `EVALS_VITEST_MISSING`, `EVALS_USAGE_INVALID`
 */
async function startVitest(args: readonly string[]): Promise<void> {
  const require = createRequire(join(process.cwd(), 'package.json'))
  let manifest: string
  try {
    manifest = require.resolve('vitest/package.json')
  } catch (error) {
    throw new EvalsError(
      'EVALS_VITEST_MISSING',
      `No Vitest is installed in ${process.cwd()}.\nRun the command in your project's folder, or install it: npm install --save-dev vitest vitest-plugin-evals.`,
      { cause: error },
    )
  }
  const { bin } = require(manifest) as VitestManifest
  const path = join(dirname(manifest), bin.vitest)
  process.argv = [process.execPath, path, ...args]
  try {
    await import(pathToFileURL(path).href)
  } catch (error) {
    // Of the library that reads Vitest's command line.
    if (!(error instanceof Error) || error.name !== 'CACError') throw error
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `Vitest does not take what stands after \`--\`: ${error.message}.\n\`vitest --help\` lists its options; those of \`evals run --help\` stand before the \`--\`.`,
      { cause: error },
    )
  }
}
