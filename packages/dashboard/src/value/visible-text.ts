/**
 * Text with everything in it that would not be seen, or would change how the rest is seen, made visible: control
 * characters (terminal colours begin with one) and those that turn the direction of writing.
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(hidden, (character) => {
    const code = character.charCodeAt(0)
    return code === 0x1b ? '⟨ESC⟩' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
