import type { JSX } from 'preact'
import { formatSigned } from '../layout/format.ts'
import { Table } from '../layout/table.tsx'
import type { ComparedPair } from '../protocol.ts'
import { titleOf } from './compared-pair.tsx'
import { VerdictChip } from './verdict-chip.tsx'

/** The verdicts of several pairs, a row per score. */
export function PairOverview({ pairs }: { readonly pairs: readonly ComparedPair[] }): JSX.Element {
  const rows = new Map(pairs.flatMap(({ scores }) => scores.map((score) => [`${score.key}\n${score.scorer}`, score])))
  return (
    <Table label="Verdicts of all pairs" columns={['Eval', 'Scorer', ...pairs.map(titleOf)]}>
      {[...rows].map(([row, { key, scorer }]) => (
        <tr key={row}>
          <th scope="row" class="whole">
            {key}
          </th>
          <td>{scorer}</td>
          {pairs.map(({ scores }, index) => {
            const score = scores.find((one) => one.key === key && one.scorer === scorer)
            return (
              <td key={index} class="whole">
                {score !== undefined && (
                  <>
                    <span class="number strong">{formatSigned(score.difference?.value ?? null)}</span>{' '}
                    <VerdictChip verdict={score.verdict} />
                  </>
                )}
              </td>
            )
          })}
        </tr>
      ))}
    </Table>
  )
}
