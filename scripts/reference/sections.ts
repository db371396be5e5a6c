/**
 * A page with the text between `<!-- generated: NAME -->` and `<!-- end -->` replaced.
 * @throws TypeError for a section that the page does not have, and for one that nobody writes
 */
export function replaceSections(page: string, sections: Readonly<Record<string, string>>): string {
  const found = [...page.matchAll(/^<!-- generated: ([\w-]+) -->$/gm)].map(([, name = '']) => name)
  const expected = Object.keys(sections)
  if ([...found].sort().join() !== [...expected].sort().join()) {
    throw new TypeError(`the page has the sections ${found.join() || 'none'}, and ${expected.join()} are written`)
  }
  return page.replaceAll(
    /^(<!-- generated: ([\w-]+) -->\n).*?(^<!-- end -->)$/gms,
    (_, start: string, name: string, end: string) => `${start}\n${sections[name] ?? ''}\n\n${end}`,
  )
}
