import { EvalsError } from '@evals/core/errors'
import manifest from '../package.json' with { type: 'json' }

/**
 * Fails where Node is too old, before something that it does not have is called.
 * @throws EvalsError `EVALS_NODE_UNSUPPORTED`
 */
export function requireNode(version: string = process.versions.node, range: string = manifest.engines.node): void {
  const oldest = range.replace(/^>=/, '')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new EvalsError(
    'EVALS_NODE_UNSUPPORTED',
    `Evals need Node ${oldest} or later, and this is Node ${version}. Install a newer one; where several are installed, \`node --version\` tells which one the shell finds.`,
    { details: { version, oldest } },
  )
}
