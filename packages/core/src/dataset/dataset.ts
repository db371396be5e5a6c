/** What a dataset function is given. */
export interface DatasetContext {
  /** Absolute path that relative file names are resolved against. */
  readonly root: string
  /** Says that the rows come from a file too, by its absolute path: watch mode runs the eval again when it changes. */
  addWatchFile?(path: string): void
}

/** Rows in memory, or rows that are read one by one. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>

/** Where an eval's rows come from; a function is called when the eval is collected. */
export type Dataset<Row> = Rows<Row> | ((context: DatasetContext) => Rows<Row> | Promise<Rows<Row>>)
