import { useEffect } from 'preact/hooks'

/** By key, as `KeyboardEvent.key` names it. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Listens to keys, except while something is typed or a modifier is held, and to Enter where it does nothing else. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === 'Enter' && isOpened(event.target)) return
      const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
      if (action === undefined) return
      event.preventDefault()
      action(event)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}

/** Whether Enter does something with it by itself. */
function isOpened(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('a, button, summary')
}
