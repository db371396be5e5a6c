import type { SampleRecord } from '@evals/core'
import type { JSX } from 'preact'
import { useData, useLoaded } from '../data/use-data.ts'
import { Notice, Waiting } from '../layout/parts.tsx'
import { linkTo } from '../layout/route.ts'
import type { SampleAddress } from '../protocol.ts'
import { Panel } from '../sample/record-view.tsx'
import { ErrorView } from '../sample/error-view.tsx'
import { ScoreList } from '../sample/score-list.tsx'
import { DiffView } from '../value/diff-view.tsx'
import { ValueView } from '../value/value-view.tsx'

interface SideBySideProps {
  readonly base: string
  readonly other: string
  readonly sample: SampleAddress
  /** Where closing leads. */
  readonly close: string
}

/** One sample's answers in two experiments. */
export function SideBySide({ base, other, sample, close }: SideBySideProps): JSX.Element {
  const { source } = useData()
  const { key, id } = sample
  const records = useLoaded(
    () => Promise.all([source.record(base, sample), source.record(other, sample)]),
    [base, other, key, id],
  )
  return (
    <section class="side-by-side" aria-label={`Sample ${id}`}>
      <header class="title">
        <h2>
          Sample <span class="mono">{id}</span>
        </h2>
        <a class="button" href={close}>
          Close
        </a>
      </header>
      <Waiting loaded={records}>
        {([before, after]) => (
          <>
            <div class="panels">
              <Panel title="Input">
                <ValueView experiment={other} value={(after ?? before)?.input} label="input" />
              </Panel>
              <Panel title="Expected">
                <ValueView experiment={other} value={(after ?? before)?.expected} label="expected value" />
              </Panel>
            </div>
            <div class="panels">
              <Side experiment={base} record={before} sample={sample} />
              <Side experiment={other} record={after} sample={sample} />
            </div>
            {before !== undefined && after !== undefined && (
              <Panel title="Difference of the outputs">
                <DiffView from={before.output} to={after.output} names={[base, other]} />
              </Panel>
            )}
          </>
        )}
      </Waiting>
    </section>
  )
}

function Side({
  experiment,
  record,
  sample: { key, id, epoch },
}: {
  readonly experiment: string
  readonly record: SampleRecord | undefined
  readonly sample: SampleAddress
}): JSX.Element {
  return (
    <Panel title={`Output of ${experiment}`}>
      {record === undefined ? (
        <Notice>Nothing is recorded of this sample.</Notice>
      ) : (
        <>
          <ValueView experiment={experiment} value={record.output} label="output" />
          {record.error !== undefined && <ErrorView error={record.error} />}
          <ScoreList experiment={experiment} scores={record.scores} />
          <p>
            <a href={linkTo('sample', { name: experiment, key, id, epoch: epoch === 0 ? null : epoch })}>All of it</a>
          </p>
        </>
      )}
    </Panel>
  )
}
