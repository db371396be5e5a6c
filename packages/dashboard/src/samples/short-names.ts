/** Names of evals without the file and describes that all of them begin with. */
export function shortNames(keys: readonly string[]): string[] {
  const [first = ''] = keys
  let shared = first.lastIndexOf(separator)
  while (shared > 0 && !keys.every((key) => key.startsWith(first.slice(0, shared + separator.length)))) {
    shared = first.lastIndexOf(separator, shared - 1)
  }
  return shared > 0 ? keys.map((key) => key.slice(shared + separator.length)) : [...keys]
}

const separator = ' > '
