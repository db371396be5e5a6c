import { existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Links all packages that a workspace has or depends on into `node_modules` of a folder, as if they were installed there. */
export function linkPackages(repository: string, folder: string): void {
  for (const [name, path] of [...ownPackages(repository), ...installedPackages(repository)]) {
    const link = join(folder, 'node_modules', name)
    if (existsSync(link)) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(path, link)
  }
}

function ownPackages(repository: string): [name: string, path: string][] {
  return globSync('packages/*/package.json', { cwd: repository }).map((path) => {
    const { name } = JSON.parse(readFileSync(join(repository, path), 'utf8')) as { readonly name: string }
    return [name, join(repository, dirname(path))]
  })
}

function installedPackages(repository: string): [name: string, path: string][] {
  return globSync(['node_modules', 'packages/*/node_modules'], { cwd: repository }).flatMap((modules) =>
    globSync(['[!@.]*', '@*/*'], { cwd: join(repository, modules) }).map((name): [string, string] => [
      name.replaceAll('\\', '/'),
      join(repository, modules, name),
    ]),
  )
}
