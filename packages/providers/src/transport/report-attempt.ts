import { currentAttemptReport } from '@evals/core'
import type { Dispatcher } from 'undici'

/** Tells the attempt in which a request is sent what goes out and what comes back, without touching the body. */
export const reportAttempt: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const report = currentAttemptReport()
  if (report === undefined) return dispatch(options, handler)
  // After a redirect only the last answer counts.
  delete report.status
  delete report.headers
  delete report.firstByteAt
  report.sent = true
  return dispatch(options, {
    ...handler,
    onResponseStart(...answer) {
      const [, status, headers] = answer
      // Interim answers come before the real one.
      if (status >= 200) {
        report.status = status
        report.headers = plainHeaders(headers)
      }
      handler.onResponseStart?.apply(this, answer)
    },
    onResponseData(controller, chunk) {
      report.firstByteAt ??= performance.now()
      handler.onResponseData?.call(this, controller, chunk)
    },
  })
}

type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

function plainHeaders(headers: IncomingHeaders): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value = ''] of Object.entries(headers)) {
    plain[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return plain
}
