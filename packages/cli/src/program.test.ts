import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createWholeProgram } from './program.ts'

const page = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8')

/** The part of the page under the heading of a command. */
function sectionOf(command: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`\`evals ${command}`)) ?? ''
}

function optionsOf(command: Command): string[] {
  const nested = command.commands.flatMap(optionsOf)
  return [...command.options.map(({ long }) => long ?? ''), ...nested]
}

test('docs/cli.md has a section for each command with its arguments and options', async () => {
  const { commands } = await createWholeProgram()
  for (const command of commands) {
    const section = sectionOf(command.name())
    const words = [
      ...command.registeredArguments.map((argument) => argument.name()),
      ...command.commands.map((nested) => nested.name()),
    ]
    // The options of a run have a table of their own.
    const options = command.name() === 'run' ? [] : optionsOf(command).filter((option) => option !== '--storage')
    const missing = [...words, ...options].filter((word) => !section.toLowerCase().includes(word))
    expect({ command: command.name(), missing, found: section !== '' }).toEqual({
      command: command.name(),
      missing: [],
      found: true,
    })
  }
  const documented = [...page.matchAll(/^## `evals (\w+)/gm)].map(([, name]) => name)
  expect(documented).toEqual(commands.map((command) => command.name()))
})
