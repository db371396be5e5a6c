/** What carries each tag, sorted by tag; what has several tags is in several groups. */
export function groupByTag<Item>(
  items: Iterable<Item>,
  tagsOf: (item: Item) => readonly string[],
): [tag: string, items: Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    for (const tag of tagsOf(item)) {
      const group = groups.get(tag)
      if (group === undefined) groups.set(tag, [item])
      else group.push(item)
    }
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
