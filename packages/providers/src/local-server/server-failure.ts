import { EvalsError } from '@evals/core'
import type { ServerExit, ServerProcess } from './server-process.ts'
import type { ServerPlan } from './server-plan.ts'
import type { NotReady } from './wait-until-ready.ts'

/** Why a server does not serve: it ended, or it does not become ready. */
export type Trouble = { readonly exit: ServerExit } | { readonly notReady: NotReady }

/** What happened, in a sentence. */
export function tellTrouble(plan: ServerPlan, trouble: Trouble): string {
  const shown = [plan.command, ...plan.args].join(' ')
  const server = `The model server \`${plan.hide(shown)}\``
  if ('exit' in trouble) return `${server} ${tellExit(trouble.exit)}.`
  const { isUp, asked, answer } = trouble.notReady
  const status = answer.status === undefined ? '' : `HTTP ${answer.status} `
  const what = isUp ? 'is up, but cannot serve its model' : `was not ready within ${plan.readiness.timeoutMs} ms`
  return `${server} ${what}: ${asked} gave ${plan.hide(status + answer.text)}.`
}

/** The last lines a server printed, for the end of a message. */
export function tellLog(plan: ServerPlan, { log }: ServerProcess): string {
  const { lines } = log
  if (lines.length === 0) return 'It printed nothing.'
  return `Its last ${lines.length === 1 ? 'line' : `${lines.length} lines`}:\n${lines.map((line) => `  ${plan.hide(line)}`).join('\n')}`
}

/** The error of a set-up. */
export function setupError(plan: ServerPlan, process: ServerProcess, trouble: Trouble): EvalsError {
  const exit: ServerExit = 'exit' in trouble ? trouble.exit : { exitCode: null, signal: null }
  const { error, exitCode, signal } = exit
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT'
  const next = missing
    ? `Install \`${plan.command}\`, or correct \`command\` or \`cwd\` (${plan.cwd}).`
    : 'Run the command by itself to see why.'
  const log = error === undefined ? ` ${tellLog(plan, process)}` : ''
  return new EvalsError('EVALS_PROVIDER_FAILED', `${tellTrouble(plan, trouble)} ${next}${log}`, {
    ...(error === undefined ? {} : { cause: error }),
    details: { command: plan.command, exitCode, signal, log: process.log.lines.map((line) => plan.hide(line)) },
  })
}

function tellExit({ error, exitCode, signal }: ServerExit): string {
  if (error !== undefined) return `could not be started: ${error.message}`
  if (signal === null) return `ended with exit code ${exitCode}`
  return signal === 'SIGKILL' ? 'was ended by SIGKILL, as the system does for lack of memory' : `was ended by ${signal}`
}
