import type * as Undici from 'undici'
import { isStreamType } from './is-stream-type.ts'

/**
 * Ends a stream that stands still between two pieces. Undici's own timeout does not tell streams from answers that come as
 * a whole, which a server may begin long before it has them.
 * @param stallTimeoutMs most ms between two pieces; the time until the first is not counted, nor while nobody reads
 */
export function endStalledStreams(
  { errors }: typeof Undici,
  stallTimeoutMs: number,
): Undici.Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    let isStream = false
    let timer: NodeJS.Timeout | undefined
    const watch = (controller: Undici.Dispatcher.DispatchController): NodeJS.Timeout =>
      setTimeout(() => {
        if (controller.paused) timer?.refresh()
        else controller.abort(new errors.BodyTimeoutError(`the stream stood still for ${stallTimeoutMs} ms`))
      }, stallTimeoutMs)
    return dispatch(options, {
      ...handler,
      onResponseStart(...answer) {
        const [, , { 'content-type': type = '' }] = answer
        isStream = isStreamType(String(type))
        handler.onResponseStart?.apply(this, answer)
      },
      onResponseData(controller, chunk) {
        if (isStream) timer = timer?.refresh() ?? watch(controller)
        handler.onResponseData?.call(this, controller, chunk)
      },
      onResponseEnd(...end) {
        clearTimeout(timer)
        handler.onResponseEnd?.apply(this, end)
      },
      onResponseError(...end) {
        clearTimeout(timer)
        handler.onResponseError?.apply(this, end)
      },
    })
  }
}
