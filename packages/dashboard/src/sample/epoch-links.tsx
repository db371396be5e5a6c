import type { JSX } from 'preact'

interface EpochLinksProps {
  /** Counted from 0. */
  readonly epochs: readonly number[]
  readonly current: number
  readonly link: (epoch: number) => string
}

/** To the epochs of a sample. */
export function EpochLinks({ epochs, current, link }: EpochLinksProps): JSX.Element {
  return (
    <nav class="epochs" aria-label="Epochs">
      Epoch{' '}
      {epochs.map((epoch) => (
        <a key={epoch} href={link(epoch)} aria-current={epoch === current ? 'page' : undefined}>
          {epoch + 1}
        </a>
      ))}
    </nav>
  )
}
