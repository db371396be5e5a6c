type Sqlite = typeof import('node:sqlite')

/** `node:sqlite`, without the warning of Node 22 and 24 that it is experimental: users of a store cannot act on it. */
export function loadSqlite(): Sqlite {
  const { emitWarning } = process
  // The module warns once, while it is loaded, and that is synchronous: no other warning can come in between.
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
