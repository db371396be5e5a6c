import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeFiles } from '../../packed-project.ts'
import { answersModule } from '../projects.ts'
import type { Peer } from './tool.ts'

/** A peer with its folder, or why it cannot run. */
export interface InstalledPeer {
  readonly peer: Peer
  readonly folder: string
  readonly version: string
  /** Of the Vitest in its folder, if there is one. */
  readonly vitest?: string
  readonly problem?: string
}

const cache = join(import.meta.dirname, '../../.installed')
const limitMs = 8 * 60_000

/** Installs a peer into a folder of its own, where it stays until other versions are asked for, and writes its files. */
export async function installPeer(peer: Peer): Promise<InstalledPeer> {
  const folder = join(cache, peer.name)
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: peer.dependencies })
  const done = join(folder, 'installed.json')
  writeFiles(folder, { 'package.json': manifest, 'answers.js': answersModule, ...peer.files })
  if (!existsSync(done) || readFileSync(done, 'utf8') !== manifest) {
    console.log(`installing ${peer.name} …`)
    const args = ['install', '--no-audit', '--no-fund', '--loglevel=error']
    try {
      await promisify(execFile)('npm', args, { cwd: folder, timeout: limitMs, killSignal: 'SIGKILL' })
    } catch (error) {
      console.error(error)
      return { peer, folder, version: '', problem: `did not install within ${limitMs / 60_000} min` }
    }
    writeFileSync(done, manifest)
  }
  const vitest = versionIn(folder, 'vitest')
  return { peer, folder, version: versionIn(folder, peer.name)!, ...(vitest === undefined ? {} : { vitest }) }
}

function versionIn(folder: string, name: string): string | undefined {
  const path = join(folder, 'node_modules', name, 'package.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : undefined
}
