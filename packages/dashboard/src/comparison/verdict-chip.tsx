import type { Verdict } from '@evals/core/stats'
import type { JSX } from 'preact'
import { Chip, type Tone } from '../layout/parts.tsx'

const verdicts: Readonly<Record<Verdict, readonly [name: string, tone: Tone]>> = {
  better: ['better', 'good'],
  worse: ['worse', 'bad'],
  notWorse: ['not worse', 'good'],
  inconclusive: ['cannot tell', 'plain'],
}

export function VerdictChip({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  const [name, tone] = verdicts[verdict]
  return <Chip tone={tone}>{name}</Chip>
}
