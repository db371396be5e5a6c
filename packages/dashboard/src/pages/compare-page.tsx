import type { JSX } from 'preact'
import { CompareChoice } from '../comparison/compare-choice.tsx'
import { ComparedPairView, nameOf, titleOf } from '../comparison/compared-pair.tsx'
import { PairOverview } from '../comparison/pair-overview.tsx'
import { SideBySide } from '../comparison/side-by-side.tsx'
import { useData, useLoaded } from '../data/use-data.ts'
import { Notice, Waiting } from '../layout/parts.tsx'
import { linkTo, type PageProps, withParams } from '../layout/route.ts'
import type { ComparedName, ComparedPair, ComparisonChoice, ComparisonView } from '../protocol.ts'

export function ComparePage({ route }: PageProps): JSX.Element {
  const { source, description } = useData()
  const loaded = useLoaded(() => source.experiments(), [source])
  const { comparisons } = description
  if (comparisons === 'none') {
    return <Notice>This report holds no comparison: `evals report EXPERIMENT --compare BASE` puts one in.</Notice>
  }
  const choice = comparisons === 'any' ? choiceIn(route) : { base: comparisons.base, others: [comparisons.other] }
  const isChosen = choice.base !== '' && (choice.others.length > 0 || choice.by !== undefined)
  return (
    <>
      <div class="title">
        <h1>Compare</h1>
      </div>
      {comparisons === 'any' ? (
        <Waiting loaded={loaded}>
          {(experiments) => <CompareChoice experiments={experiments} choice={choice} route={route} />}
        </Waiting>
      ) : (
        <p>{titleOf({ base: { experiment: comparisons.base }, other: { experiment: comparisons.other } })}</p>
      )}
      {isChosen ? (
        <Compared key={JSON.stringify(choice)} choice={choice} route={route} />
      ) : (
        <p class="empty">
          Choose a base and what to compare it with: each sample is compared with itself. Several others, or all values
          of a variant, are judged together.
        </p>
      )}
    </>
  )
}

function choiceIn({ params }: PageProps['route']): ComparisonChoice {
  return { base: params.get('base') ?? '', others: params.getAll('other'), by: params.get('by') ?? undefined }
}

function Compared({ choice, route }: PageProps & { readonly choice: ComparisonChoice }): JSX.Element {
  const { source } = useData()
  const loaded = useLoaded(() => source.compare(choice), [source])
  return <Waiting loaded={loaded}>{(view) => <Comparison view={view} route={route} />}</Waiting>
}

function Comparison({ view: { pairs }, route }: PageProps & { readonly view: ComparisonView }): JSX.Element {
  const [only] = pairs
  const opened = pairs[Number(route.params.get('pair') ?? 0)]
  if (only === undefined) return <p class="empty">No eval of the experiment has two values of this variant.</p>
  return (
    <>
      {opened !== undefined && <OpenedSample pair={opened} route={route} />}
      {pairs.length === 1 ? (
        <ComparedPairView pair={only} index={0} route={route} />
      ) : (
        <>
          <PairOverview pairs={pairs} />
          {pairs.map((pair, index) => (
            <section key={index} aria-label={titleOf(pair)}>
              <h2 class="pair">{titleOf(pair)}</h2>
              <ComparedPairView pair={pair} index={index} route={route} />
            </section>
          ))}
        </>
      )}
    </>
  )
}

/** The sample that the address names, on both sides of a pair. */
function OpenedSample({ pair, route }: PageProps & { readonly pair: ComparedPair }): JSX.Element | null {
  const [key, id] = [route.params.get('key'), route.params.get('id')]
  if (key === null || id === null) return null
  const score = pair.scores.find((one) => one.key === key)
  const keys = score?.keys ?? { base: key, other: key }
  const epoch = Number(route.params.get('epoch') ?? 0)
  const side = (name: ComparedName, own: string) => ({
    name: nameOf(name),
    experiment: name.experiment,
    sample: { key: own, id, epoch },
  })
  return (
    <SideBySide
      base={side(pair.base, keys.base)}
      other={side(pair.other, keys.other)}
      epochs={score?.epochs ?? 1}
      toEpoch={(one) => linkTo('compare', withParams(route, { epoch: one || null }))}
      close={linkTo('compare', withParams(route, { pair: null, key: null, id: null, epoch: null }))}
    />
  )
}
