import type { FlippedSample, JudgedDifference, ScoreComparison, Verdict } from '@evals/core/stats'
import type { JSX } from 'preact'
import { IntervalBar } from '../figures/interval.tsx'
import { formatCount, formatFigure, formatSigned, unknown } from '../layout/format.ts'
import { Chip, type Tone } from '../layout/parts.tsx'
import { linkTo, type PageProps, withParams } from '../layout/route.ts'
import { evalText } from './eval-text.ts'

const verdicts: Readonly<Record<Verdict, readonly [name: string, tone: Tone]>> = {
  better: ['better', 'good'],
  worse: ['worse', 'bad'],
  notWorse: ['not worse', 'good'],
  inconclusive: ['cannot tell', 'plain'],
}

interface ComparedScoreProps extends PageProps {
  readonly score: ScoreComparison
  readonly sentence: string
}

/** One scorer of one eval on both sides: the verdict, where it comes from, and which samples changed. */
export function ComparedScore({ route, score, sentence }: ComparedScoreProps): JSX.Element {
  const { scorer, flips, tags, pairing } = score
  const key = evalText(score)
  return (
    <section class="eval-section compared" aria-label={`${scorer} of ${key}`}>
      <header>
        <h2>{scorer}</h2>
        <VerdictChip verdict={score.verdict} />
        <span class="muted">{key}</span>
      </header>
      <p>{sentence}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Differences of ${scorer}`}>
        <table class="list fit">
          <thead>
            <tr>
              <th scope="col">Samples</th>
              <th scope="col" class="number">
                {pairing === 'paired' ? 'Pairs' : 'n'}
              </th>
              <th scope="col" class="number">
                Base
              </th>
              <th scope="col" class="number">
                Other
              </th>
              <th scope="col" class="number">
                Difference
              </th>
              <th scope="col" class="number">
                Interval
              </th>
              <th scope="col" aria-label="Interval as a bar" />
              <th scope="col" class="number">
                p adjusted
              </th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            <DifferenceRow title="all" difference={score} scale={scaleFor(score)} />
            {tags.map((tag) => (
              <DifferenceRow key={tag.tag} title={tag.tag} difference={tag} scale={scaleFor(score)} />
            ))}
          </tbody>
        </table>
      </div>
      <div class="flips">
        <Flips title="Worse" count={flips.worse} samples={flips.toWorse} evalKey={key} route={route} />
        <Flips title="Better" count={flips.better} samples={flips.toBetter} evalKey={key} route={route} />
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

function VerdictChip({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  const [name, tone] = verdicts[verdict]
  return <Chip tone={tone}>{name}</Chip>
}

/** The same for all rows of a score, with no difference in the middle. */
function scaleFor({ difference, tags }: ScoreComparison): Scale {
  const ends = [difference, ...tags.map((tag) => tag.difference)].flatMap((one) =>
    one === null ? [] : [one.value, one.interval?.lower ?? 0, one.interval?.upper ?? 0],
  )
  const most = Math.max(0.01, ...ends.map(Math.abs))
  return [-most, most]
}

interface FlipsProps extends PageProps {
  readonly title: string
  readonly count: number
  readonly samples: readonly FlippedSample[]
  readonly evalKey: string
}

function Flips({ title, count, samples, evalKey, route }: FlipsProps): JSX.Element {
  return (
    <details open={title === 'Worse' && count > 0}>
      <summary>
        {title}: {formatCount(count)} samples
      </summary>
      <ul>
        {samples.map(({ id, base, other }) => (
          <li key={id}>
            <a class="mono" href={linkTo('compare', withParams(route, { key: evalKey, id }))}>
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
