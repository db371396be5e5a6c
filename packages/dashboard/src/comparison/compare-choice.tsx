import type { JSX } from 'preact'
import { go, linkTo, type PageProps } from '../layout/route.ts'
import type { ComparisonChoice, ExperimentOverview } from '../protocol.ts'

interface CompareChoiceProps extends PageProps {
  readonly experiments: readonly ExperimentOverview[]
  readonly choice: ComparisonChoice
}

/** What to compare with what: as many experiments as wanted, or the values of a variant. */
export function CompareChoice({ experiments, choice: { base, others, by } }: CompareChoiceProps): JSX.Element {
  const names = experiments.map(({ experiment }) => experiment)
  const variants = experiments.find(({ experiment }) => experiment === base)?.variants ?? []
  const choose = (other: readonly string[]): void => go(linkTo('compare', { base, other: other.filter(Boolean) }))
  return (
    <div class="toolbar">
      <Choice
        title="Base"
        value={base}
        options={names}
        choose={(value) => go(linkTo('compare', { base: value, other: others.filter((other) => other !== value) }))}
      />
      {by === undefined &&
        [...others, ''].map((other, index) => (
          <Choice
            key={index}
            title={index === 0 ? 'with' : 'and'}
            value={other}
            options={names.filter((name) => name === other || (name !== base && !others.includes(name)))}
            choose={(value) => choose(others.toSpliced(index, 1, value))}
          />
        ))}
      {variants.length > 0 && (
        <Choice
          title="or within it by"
          value={by ?? ''}
          options={variants}
          choose={(value) => go(linkTo('compare', { base, by: value }))}
        />
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly value: string
  readonly options: readonly string[]
  readonly choose: (value: string) => void
}

function Choice({ title, value, options, choose }: ChoiceProps): JSX.Element {
  return (
    <label>
      {title}{' '}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{value === '' ? 'choose' : 'none'}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
