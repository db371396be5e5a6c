import type { SampleLabel, SampleRecord } from '@evals/core'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useData, useLoaded } from '../data/use-data.ts'
import { Notice } from '../layout/parts.tsx'
import { newestLabel } from './newest-label.ts'

interface LabelFormProps {
  readonly experiment: string
  readonly record: SampleRecord
}

/** Where a person says whether the answer is right. */
export function LabelForm({ experiment, record }: LabelFormProps): JSX.Element {
  const { source } = useData()
  const [round, setRound] = useState(0)
  const [note, setNote] = useState<string | undefined>()
  const [failure, setFailure] = useState<Error | undefined>()
  const labels = useLoaded(() => source.labels(experiment), [source, experiment, round])
  const given = labels.state === 'ready' ? newestLabel(labels.value, record) : undefined
  const text = note ?? given?.note ?? ''
  const give = async (label: SampleLabel['label']): Promise<void> => {
    const { eval: evalName, variant, id, epoch } = record
    try {
      await source.addLabel(experiment, {
        eval: evalName,
        variant,
        id,
        epoch,
        label,
        note: text,
        at: new Date().toISOString(),
      })
      setFailure(undefined)
      setNote(undefined)
      setRound(round + 1)
    } catch (error) {
      setFailure(error as Error)
    }
  }
  const button = (label: 'good' | 'bad', title: string): JSX.Element => (
    <button
      type="button"
      class={label}
      aria-pressed={given?.label === label}
      onClick={() => void give(given?.label === label ? null : label)}
    >
      {title}
    </button>
  )
  return (
    <section class="panel label-form" aria-label="Your label">
      <header>
        <h2>Your label</h2>
      </header>
      <div class="fields">
        {button('good', 'Right')}
        {button('bad', 'Wrong')}
        <input
          type="text"
          aria-label="Note"
          placeholder="Note"
          value={text}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <button
          type="button"
          disabled={note === undefined || note === given?.note}
          onClick={() => void give(given?.label ?? null)}
        >
          Keep the note
        </button>
      </div>
      {failure !== undefined && <Notice tone="bad">{failure.message}</Notice>}
    </section>
  )
}
