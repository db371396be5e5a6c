import { defineModelProvider } from '@evals/core'
import { houseModel } from './house-model.ts'
import { startHouseServer } from './house-server.ts'

/** What an eval asks for. */
export interface HouseSpec {
  readonly modelId: string
  readonly machines: number
}

/** Compute of our own: started once for all files of a run, and ended with it. */
export const house = defineModelProvider<HouseSpec>({
  name: 'house',
  module: import.meta.url,
  // In Vitest's main process. Renting machines of a cloud would stand here; these are started on the spot.
  async setup({ modelId, machines }, { log }) {
    const servers = await Promise.all(Array.from({ length: machines }, startHouseServer))
    log(`${machines} machines serve ${modelId}`)
    return {
      endpoints: servers.map(({ url }) => ({ baseURL: url, modelId })),
      async dispose() {
        await Promise.all(servers.map((server) => server.close()))
        log(`${machines} machines are given back`)
      },
    }
  },
  // In each worker, once for each endpoint; together they are one model.
  connect: ({ baseURL }, { modelId }) => houseModel({ modelId, url: baseURL }),
})
