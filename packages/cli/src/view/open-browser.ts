import { spawn } from 'node:child_process'
import { messageOf } from '@evals/core'
import { note } from '../terminal/output.ts'

const commands: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Opens an address in the browser; where that does not work, people have the printed one. */
export function openBrowser(address: string): void {
  const [command, ...args] = commands[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
  child.once('error', (error) => note(`The browser could not be opened: ${messageOf(error)}`))
  child.unref()
}
