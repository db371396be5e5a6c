import type { JSX } from 'preact'
import { IntervalBar, scaleOf } from '../figures/interval.tsx'
import { formatCount, formatFigure } from '../layout/format.ts'
import { linkTo } from '../layout/route.ts'
import { Table } from '../layout/table.tsx'
import type { EvalProps } from './eval-section.tsx'

/** More would hide what differs. */
const shownScorers = 6

/** The means of the samples with each tag: where an eval is good and where it is not. */
export function TagTable({ name, evalKey, summary: { tags = {} } }: EvalProps): JSX.Element | null {
  const entries = Object.entries(tags)
  if (entries.length === 0) return null
  const scorers = [...new Set(entries.flatMap(([, tag]) => Object.keys(tag.scorers)))].slice(0, shownScorers)
  return (
    <details class="tags" open={entries.length <= 12}>
      <summary>By tag</summary>
      <Table
        label={`Tags of ${evalKey}`}
        columns={[
          'Tag',
          { number: 'Samples' },
          ...scorers.flatMap((scorer) => [{ number: scorer }, { figure: `${scorer} as a bar` }]),
        ]}
      >
        {entries.map(([tag, figures]) => (
          <tr key={tag}>
            <th scope="row">
              <a href={linkTo('samples', { name, eval: evalKey, tag })}>{tag}</a>
            </th>
            <td class="number">{formatCount(figures.samples)}</td>
            {scorers.map((scorer) => {
              const { mean = null, ci = null } = figures.scorers[scorer] ?? {}
              return [
                <td key={`${scorer} mean`} class="number">
                  {formatFigure(mean)}
                </td>,
                <td key={`${scorer} bar`}>
                  <IntervalBar value={mean} ci={ci} scale={scaleOf([mean, ...(ci ?? [])])} />
                </td>,
              ]
            })}
          </tr>
        ))}
      </Table>
    </details>
  )
}
