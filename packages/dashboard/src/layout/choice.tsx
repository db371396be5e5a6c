import type { JSX } from 'preact'

interface ChoiceProps {
  readonly title: string
  readonly value: string
  readonly options: readonly string[]
  /** What stands for none of them, whose value is empty; absent: one is always chosen. */
  readonly none?: string
  readonly onChange: (value: string) => void
}

/** One of several values, with a title before them. */
export function Choice({ title, value, options, none, onChange }: ChoiceProps): JSX.Element {
  // What the address names is shown, also where there is no such option.
  const all = value === '' || options.includes(value) ? options : [value, ...options]
  return (
    <label>
      {title}{' '}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {all.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
