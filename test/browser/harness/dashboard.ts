import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const command = join(import.meta.dirname, '../../../packages/cli/src/bin.ts')
/** Debian's; `CHROMIUM` names another. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** A folder with experiments, `evals view` over it, and a browser, all of which end on disposal. */
export class Dashboard implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'evals-browser-'))
  /** All that pages asked for, from wherever. */
  readonly requests: string[] = []
  /** What pages said went wrong. */
  readonly complaints: string[] = []
  #server: ChildProcess | undefined
  #browser: Browser | undefined

  /** The folder of the store. */
  get store(): string {
    return join(this.folder, '.evals')
  }

  /** Starts `evals view` in the folder, and returns the address it prints. */
  async serve(): Promise<string> {
    const server = spawn(process.execPath, ['--conditions=@evals/source', command, 'view'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#server = server
    const [address] = (await once(server.stdout, 'data')) as [Buffer]
    return address.toString().trim()
  }

  /** Calls `evals` to its end, and returns its exit code. */
  async evals(...args: readonly string[]): Promise<number> {
    const child = spawn(process.execPath, ['--conditions=@evals/source', command, ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    const [exitCode] = (await once(child, 'close')) as [number]
    return exitCode
  }

  /** Opens a page, by default as wide as a laptop and light. */
  async open(
    address: string,
    { width = 1280, height = 860, dark = false }: { width?: number; height?: number; dark?: boolean } = {},
  ): Promise<Page> {
    this.#browser ??= await launch()
    const context: BrowserContext = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    page.on('request', (request) => this.requests.push(request.url()))
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    await page.goto(address)
    return page
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close()
    if (this.#server?.exitCode === null) {
      this.#server.kill('SIGINT')
      await once(this.#server, 'close')
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function launch(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`There is no browser ${executablePath}: install the package "chromium", or name one in CHROMIUM.`)
  }
  // Debian's Chromium has no sandbox for root, as whom CI runs.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
