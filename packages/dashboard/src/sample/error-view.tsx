import type { StoredError } from '@evals/core'
import type { JSX } from 'preact'
import { visibleText } from '../value/visible-text.ts'

/** What failed, with what was underneath and the attempts before. */
export function ErrorView({ error }: { readonly error: StoredError }): JSX.Element {
  const { name, code, message, stack, cause, attempts = [] } = error
  return (
    <div class="error">
      <p>
        <b class="mono">{code ?? name}</b> <span class="pre">{visibleText(message)}</span>
      </p>
      {stack !== undefined && (
        <details>
          <summary>Stack</summary>
          <pre>{visibleText(stack)}</pre>
        </details>
      )}
      {cause !== undefined && (
        <details>
          <summary>Cause</summary>
          <ErrorView error={cause} />
        </details>
      )}
      {attempts.length > 0 && (
        <details>
          <summary>
            {attempts.length} {attempts.length === 1 ? 'attempt' : 'attempts'} before
          </summary>
          {attempts.map((attempt, index) => (
            <ErrorView key={index} error={attempt} />
          ))}
        </details>
      )}
    </div>
  )
}
