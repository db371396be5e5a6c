import type { JSX } from 'preact'
import { ComparedScore } from '../comparison/compared-score.tsx'
import { SideBySide } from '../comparison/side-by-side.tsx'
import { useData, useLoaded } from '../data/use-data.ts'
import { Notice, Waiting } from '../layout/parts.tsx'
import { go, linkTo, type PageProps, withParams } from '../layout/route.ts'
import type { ComparisonView, ExperimentOverview } from '../protocol.ts'

export function ComparePage({ route }: PageProps): JSX.Element {
  const { source, description } = useData()
  const loaded = useLoaded(() => source.experiments(), [source])
  if (description.comparisons === 'none') {
    return <Notice>This report holds no comparison: `evals report EXPERIMENT --compare BASE` puts one in.</Notice>
  }
  const fixed = description.comparisons === 'any' ? undefined : description.comparisons
  const base = route.params.get('base') ?? fixed?.base ?? ''
  const other = route.params.get('other') ?? fixed?.other ?? ''
  return (
    <>
      <div class="title">
        <h1>Compare</h1>
      </div>
      <Waiting loaded={loaded}>
        {(experiments) => <Choose experiments={experiments} route={route} base={base} other={other} />}
      </Waiting>
      {base === '' || other === '' ? (
        <p class="empty">Choose two experiments: each sample is compared with itself.</p>
      ) : (
        <Compared key={`${base}\n${other}`} base={base} other={other} route={route} />
      )}
    </>
  )
}

interface SidesProps extends PageProps {
  readonly base: string
  readonly other: string
}

function Choose({
  experiments,
  route,
  base,
  other,
}: SidesProps & { readonly experiments: readonly ExperimentOverview[] }): JSX.Element {
  const choice = (name: 'base' | 'other', title: string, value: string): JSX.Element => (
    <label>
      {title}{' '}
      <select
        value={value}
        onChange={({ currentTarget }) =>
          go(linkTo('compare', withParams(route, { [name]: currentTarget.value, key: null, id: null })))
        }
      >
        <option value="">choose</option>
        {experiments.map(({ experiment }) => (
          <option key={experiment}>{experiment}</option>
        ))}
      </select>
    </label>
  )
  return (
    <div class="toolbar">
      {choice('base', 'Base', base)}
      {choice('other', 'with', other)}
    </div>
  )
}

function Compared({ base, other, route }: SidesProps): JSX.Element {
  const { source } = useData()
  const loaded = useLoaded(() => source.compare(base, other), [source, base, other])
  const [key, id] = [route.params.get('key'), route.params.get('id')]
  return (
    <Waiting loaded={loaded}>
      {(comparison) => (
        <>
          <OnlyInOne comparison={comparison} />
          {key !== null && id !== null && (
            <SideBySide
              base={base}
              other={other}
              sample={{ key, id, epoch: 0 }}
              close={linkTo('compare', { base, other })}
            />
          )}
          {comparison.scores.length === 0 && <p class="empty">There is no score that both have.</p>}
          {comparison.scores.map((score, index) => (
            <ComparedScore key={index} route={route} score={score} sentence={comparison.sentences[index] ?? ''} />
          ))}
        </>
      )}
    </Waiting>
  )
}

function OnlyInOne({
  comparison: { base, other, onlyInBase, onlyInOther },
}: {
  readonly comparison: ComparisonView
}): JSX.Element {
  return (
    <>
      {onlyInBase.length > 0 && (
        <Notice tone="warn">
          Only in {base}: {onlyInBase.join(', ')}
        </Notice>
      )}
      {onlyInOther.length > 0 && (
        <Notice tone="warn">
          Only in {other}: {onlyInOther.join(', ')}
        </Notice>
      )}
    </>
  )
}
