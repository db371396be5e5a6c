import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useKeys } from '../layout/use-keys.ts'

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const pauseMs = 80

/** A field for what is searched; `/` goes there, Escape leaves it. */
export function SearchBox({ label, value, onChange }: SearchBoxProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const told = useRef(value)
  // What was told comes back as `value`, when more may have been typed.
  useEffect(() => {
    if (value !== told.current) setText(value)
    told.current = value
  }, [value])
  useEffect(() => {
    if (text === told.current) return undefined
    const timer = setTimeout(() => {
      told.current = text
      onChange(text)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  useKeys({ '/': () => input.current?.focus() })
  return (
    <input
      ref={input}
      type="search"
      class="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
    />
  )
}
