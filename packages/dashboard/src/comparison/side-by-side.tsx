import type { SampleRecord } from '@evals/core'
import type { JSX } from 'preact'
import { useData, useLoaded } from '../data/use-data.ts'
import { Notice, Panel, Waiting } from '../layout/parts.tsx'
import { linkTo } from '../layout/route.ts'
import type { SampleAddress } from '../protocol.ts'
import { EpochLinks } from '../sample/epoch-links.tsx'
import { ErrorView } from '../sample/error-view.tsx'
import { ScoreList } from '../sample/score-list.tsx'
import { DiffView } from '../value/diff-view.tsx'
import { ValueView } from '../value/value-view.tsx'

/** The sample as one side has it. */
interface SampleSide {
  readonly name: string
  readonly experiment: string
  readonly sample: SampleAddress
}

interface SideBySideProps {
  readonly base: SampleSide
  readonly other: SampleSide
  readonly epochs: number
  /** Where an epoch is, counted from 0. */
  readonly toEpoch: (epoch: number) => string
  /** Where closing leads. */
  readonly close: string
}

/** One sample's answers in two experiments, or with two values of a variant. */
export function SideBySide({ base, other, epochs, toEpoch, close }: SideBySideProps): JSX.Element {
  const { source } = useData()
  const { id, epoch } = base.sample
  const records = useLoaded(
    () => Promise.all([base, other].map(({ experiment, sample }) => source.record(experiment, sample))),
    [base.experiment, other.experiment, base.sample.key, other.sample.key, id, epoch],
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
      {epochs > 1 && (
        <EpochLinks epochs={Array.from({ length: epochs }, (_, one) => one)} current={epoch} link={toEpoch} />
      )}
      <Waiting loaded={records}>
        {([before, after]) => (
          <>
            <div class="panels">
              <Panel title="Input">
                <ValueView experiment={other.experiment} value={(after ?? before)?.input} label="input" />
              </Panel>
              <Panel title="Expected">
                <ValueView experiment={other.experiment} value={(after ?? before)?.expected} label="expected value" />
              </Panel>
            </div>
            <div class="panels">
              <Side {...base} record={before} />
              <Side {...other} record={after} />
            </div>
            {before !== undefined && after !== undefined && (
              <Panel title="Difference of the outputs">
                <DiffView from={before.output} to={after.output} names={[base.name, other.name]} />
              </Panel>
            )}
          </>
        )}
      </Waiting>
    </section>
  )
}

function Side({
  name,
  experiment,
  record,
  sample: { key, id, epoch },
}: SampleSide & { readonly record: SampleRecord | undefined }): JSX.Element {
  return (
    <Panel title={`Output of ${name}`}>
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
