import type { FlippedSample, JudgedDifference } from '@evals/core/stats'
import type { JSX } from 'preact'
import { IntervalBar } from '../figures/interval.tsx'
import { formatCount, formatFigure, formatSigned, unknown } from '../layout/format.ts'
import { linkTo, type PageProps, withParams } from '../layout/route.ts'
import { Table } from '../layout/table.tsx'
import type { ComparedScore as Score } from '../protocol.ts'
import { VerdictChip } from './verdict-chip.tsx'

interface ComparedScoreProps extends PageProps {
  readonly score: Score
  /** Place of its pair on the page. */
  readonly pair: number
}

/** One scorer of one eval on both sides: the verdict, where it comes from, and which samples changed. */
export function ComparedScore({ route, score, pair }: ComparedScoreProps): JSX.Element {
  const { key, scorer, flips, tags, pairing, sentence } = score
  const scale = scaleFor(score)
  const sample = (id: string): string =>
    linkTo('compare', withParams(route, { pair: pair || null, key, id, epoch: null }))
  return (
    <section class="eval-section compared" aria-label={`${scorer} of ${key}`}>
      <header>
        <h2>{scorer}</h2>
        <VerdictChip verdict={score.verdict} />
        <span class="muted">{key}</span>
      </header>
      <p>{sentence}</p>
      <Table
        label={`Differences of ${scorer}`}
        columns={[
          'Samples',
          { number: pairing === 'paired' ? 'Pairs' : 'n' },
          { number: 'Base' },
          { number: 'Other' },
          { number: 'Difference' },
          { number: 'Interval' },
          { figure: 'Interval as a bar' },
          { number: 'p adjusted' },
          'Verdict',
        ]}
      >
        <DifferenceRow title="all" difference={score} scale={scale} />
        {tags.map((tag) => (
          <DifferenceRow key={tag.tag} title={tag.tag} difference={tag} scale={scale} />
        ))}
      </Table>
      <div class="flips">
        <Flips title="Worse" count={flips.worse} samples={flips.toWorse} link={sample} />
        <Flips title="Better" count={flips.better} samples={flips.toBetter} link={sample} />
        <p class="muted">{formatCount(flips.same)} samples are the same.</p>
      </div>
    </section>
  )
}

type Scale = readonly [from: number, to: number]

function DifferenceRow({
  title,
  difference: judged,
  scale,
}: {
  readonly title: string
  readonly difference: JudgedDifference
  readonly scale: Scale
}): JSX.Element {
  const { n, baseMean, otherMean, difference, pAdjusted, verdict } = judged
  const interval = difference?.interval
  return (
    <tr>
      <th scope="row">{title}</th>
      <td class="number">{formatCount(n)}</td>
      <td class="number">{formatFigure(baseMean)}</td>
      <td class="number">{formatFigure(otherMean)}</td>
      <td class="number strong">{formatSigned(difference?.value ?? null)}</td>
      <td class="number">
        {interval ? `${formatSigned(interval.lower)} to ${formatSigned(interval.upper)}` : unknown}
      </td>
      <td>
        <IntervalBar
          value={difference?.value ?? null}
          ci={interval ? [interval.lower, interval.upper] : null}
          scale={scale}
          mark={0}
        />
      </td>
      <td class="number">{pAdjusted === null ? unknown : pAdjusted < 0.001 ? '< 0.001' : pAdjusted.toFixed(3)}</td>
      <td>
        <VerdictChip verdict={verdict} />
      </td>
    </tr>
  )
}

/** The same for all rows of a score, with no difference in the middle. */
function scaleFor({ difference, tags }: Score): Scale {
  const ends = [difference, ...tags.map((tag) => tag.difference)].flatMap((one) =>
    one === null ? [] : [one.value, one.interval?.lower ?? 0, one.interval?.upper ?? 0],
  )
  const most = Math.max(0.01, ...ends.map(Math.abs))
  return [-most, most]
}

interface FlipsProps {
  readonly title: string
  readonly count: number
  readonly samples: readonly FlippedSample[]
  readonly link: (id: string) => string
}

function Flips({ title, count, samples, link }: FlipsProps): JSX.Element {
  return (
    <details open={title === 'Worse' && count > 0}>
      <summary>
        {title}: {formatCount(count)} samples
      </summary>
      <ul>
        {samples.map(({ id, base, other }) => (
          <li key={id}>
            <a class="mono" href={link(id)}>
              {id}
            </a>{' '}
            <span class="number">
              {formatFigure(base)} → {formatFigure(other)}
            </span>
          </li>
        ))}
        {count > samples.length && <li class="muted">and {formatCount(count - samples.length)} more</li>}
      </ul>
    </details>
  )
}
