import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const keys: readonly (readonly [key: string, meaning: string])[] = [
  ['j k ↓ ↑', 'next and previous row or sample'],
  ['Enter', 'open the row'],
  ['u', 'up: from a sample to the table, from there to the experiment'],
  ['/', 'search'],
  ['d', 'differences between expected and output on or off'],
  ['t', 'dark or light'],
  ['?', 'this help'],
]

/** The keys of the page. */
export function Help({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  )
}
