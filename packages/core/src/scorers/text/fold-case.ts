/**
 * A text without its differences of case: `toLowerCase().toUpperCase()`, which agrees with Unicode's full case folding
 * for nearly every character (`Straße` = `STRASSE`, the three sigmas are one); the dotless `ı` becomes `I` like `i`.
 * The result may be longer than the text.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase()
}
