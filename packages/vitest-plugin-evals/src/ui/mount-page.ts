import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from '@evals/cli/view'
import { messageOf } from '@evals/core'
import { openStore } from '@evals/storage'
import pc from 'picocolors'
import type { Vitest } from 'vitest/node'

const route = '/__evals__'

/** The page of which store. */
export interface MountedStore {
  /** URL of the store. */
  readonly storage: string
  /** Absolute path that a relative path in the URL is resolved against. */
  readonly root: string
}

/**
 * Puts the page of `evals view` on the server of `vitest --ui`, behind Vitest's own token, and prints its address. Nothing
 * of it is loaded before somebody opens it; without the UI nothing happens.
 */
export function mountPage(vitest: Vitest, stored: MountedStore): void {
  const { stack } = vitest.vite.middlewares
  // Each eval project comes here, and they share one store.
  if (!vitest.config.ui || stack.some((layer) => layer.route === route)) return
  let loading: Promise<RequestHandler> | undefined
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    loading ??= loadHandler(vitest, stored)
    loading.then(
      (answer) => answer(request, response),
      (error: unknown) => {
        // The next request tries again.
        loading = undefined
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end(messageOf(error))
      },
    )
  }
  // In Vitest 5 the server is complete by now, and what came last would stand behind its answer that there is no such page.
  stack.unshift({ route, handle })
  vitest.config.reporters.push({ onInit: () => vitest.logger.log(pc.dim(`      ${invitation(vitest)}\n`)) })
}

async function loadHandler(vitest: Vitest, { storage, root }: MountedStore): Promise<RequestHandler> {
  const { createRequestHandler } = await import('@evals/cli/view')
  const store = await openStore(storage, { root, writer: 'ui' })
  vitest.onClose(() => store.close())
  const { token, allowWrite = false } = vitest.config.api
  return createRequestHandler({ store, url: storage, root, token, isLabelled: allowWrite })
}

function invitation({ config, vite }: Vitest): string {
  try {
    import.meta.resolve('@evals/cli/view')
  } catch {
    return `Evals are shown at ${route}/ too, once @evals/cli is installed: npm install --save-dev @evals/cli`
  }
  const origin = vite.resolvedUrls?.local[0] ?? `http://localhost:${vite.config.server.port}`
  return `Evals at ${new URL(`${route}/${config.api.token}/`, origin).href}`
}
