import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useData, useLoaded } from '../data/use-data.ts'
import { Waiting } from '../layout/parts.tsx'
import type { StoredBlob } from './blob.ts'

interface AttachmentProps {
  readonly experiment: string
  readonly blob: StoredBlob
  readonly label: string
}

/** Bytes that a record names: an image, audio, or where neither can be shown, what they are. */
export function AttachmentView({ experiment, blob, label }: AttachmentProps): JSX.Element {
  const { source } = useData()
  const { $blob: sha256, mediaType, bytes } = blob
  const [isBroken, setBroken] = useState(false)
  const address = useLoaded(() => source.attachment(experiment, sha256, mediaType), [experiment, sha256])
  const facts = `${mediaType}, ${bytes.toLocaleString('en')} bytes`
  return (
    <figure class="attachment">
      <Waiting loaded={address}>
        {(url) => {
          if (isBroken)
            return <p class="notice warn">It cannot be shown: the bytes are missing, or are not {mediaType}.</p>
          if (mediaType.startsWith('image/'))
            return <img src={url} alt={label} loading="lazy" onError={() => setBroken(true)} />
          if (mediaType.startsWith('audio/'))
            return <audio controls src={url} aria-label={label} onError={() => setBroken(true)} />
          return (
            <a href={url} download={`${sha256.slice(0, 12)}.bin`}>
              Download
            </a>
          )
        }}
      </Waiting>
      <figcaption class="muted">
        {facts} <span class="mono">{sha256.slice(0, 12)}</span>
      </figcaption>
    </figure>
  )
}
