/** How a shard says that it cannot judge a threshold: a merge finds by it what was asked for. */
export function leftToMerge(title: string): string {
  return `${title}: judged when the shards are merged`
}
