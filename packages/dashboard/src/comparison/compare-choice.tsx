import type { JSX } from 'preact'
import { Choice } from '../layout/choice.tsx'
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
        none={noneOf(base)}
        onChange={(value) => go(linkTo('compare', { base: value, other: others.filter((other) => other !== value) }))}
      />
      {by === undefined &&
        [...others, ''].map((other, index) => (
          <Choice
            key={index}
            title={index === 0 ? 'with' : 'and'}
            value={other}
            options={names.filter((name) => name === other || (name !== base && !others.includes(name)))}
            none={noneOf(other)}
            onChange={(value) => choose(others.toSpliced(index, 1, value))}
          />
        ))}
      {variants.length > 0 && (
        <Choice
          title="or within it by"
          value={by ?? ''}
          options={variants}
          none={noneOf(by ?? '')}
          onChange={(value) => go(linkTo('compare', { base, by: value }))}
        />
      )}
    </div>
  )
}

function noneOf(value: string): string {
  return value === '' ? 'choose' : 'none'
}
