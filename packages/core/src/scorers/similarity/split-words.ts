// The white space of Unicode (class Z and controls), at which the reference implementations split; `\s` has U+FEFF too.
const whiteSpace = /[\t-\r\x1C-\x20\x85\p{Z}]+/u

/** The words between white space. */
export function splitWords(text: string): string[] {
  return text.split(whiteSpace).filter((word) => word !== '')
}
