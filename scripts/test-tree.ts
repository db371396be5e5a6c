import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What a script printed, by line, and its exit code. */
export interface ScriptRun {
  readonly exitCode: number | null
  readonly stdout: string[]
  readonly stderr: string[]
}

/** Writes `files` (path → text, or what becomes JSON) to a temporary folder and runs a script beside this on it. */
export function runOnTree(script: string, files: Readonly<Record<string, string | object>>): ScriptRun {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-scripts-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const run = spawnSync(process.execPath, [join(import.meta.dirname, script), folder.path], { encoding: 'utf8' })
  return { exitCode: run.status, stdout: lines(run.stdout), stderr: lines(run.stderr) }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
