#!/usr/bin/env node
const major: number = Number(process.versions.node.split('.')[0])

if (major < 22) {
  // An older one could not even load what says so in better words.
  process.stderr.write(`evals needs Node 22.19 or later, and this is Node ${process.versions.node}.\n`)
  process.exitCode = 2
} else {
  // Before anything else is loaded: it makes the second call and all later ones start in a third of the time.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { runCli } = await import('./run-cli.ts')
  const exitCode = await runCli(process.argv.slice(2))
  // `run` is over only when Vitest is, which sets the code itself.
  if (exitCode !== 0) process.exitCode = exitCode
}
