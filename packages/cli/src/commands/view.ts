import { InvalidArgumentError, type Command } from 'commander'
import { addStorageOption, withStore, type StorageFlags } from '../experiment/storage.ts'
import { note, write } from '../terminal/output.ts'
import type { ViewOptions } from '../view/view-server.ts'

interface ViewFlags extends StorageFlags {
  readonly port: number
  readonly open?: true
}

export function defineView(command: Command): void {
  addStorageOption(command)
    .option('--port <port>', 'serve there (default: any that is free)', readPort, 0)
    .option('--open', 'open the page in the browser')
    .action((flags: ViewFlags) => withStore(flags, (store, url) => view({ store, url, port: flags.port }, flags.open)))
}

async function view(options: ViewOptions, open: true | undefined): Promise<void> {
  const { serveView } = await import('../view/view-server.ts')
  await using served = await serveView(options)
  write(`${served.address}\n`)
  note('Ctrl+C ends it. The address works only on this machine, and only as long as it is served.')
  if (open) (await import('../view/open-browser.ts')).openBrowser(served.address)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  return port
}
