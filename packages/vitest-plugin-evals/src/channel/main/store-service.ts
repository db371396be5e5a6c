import type { ExperimentStore } from '@evals/core'
import type { AppendMessage, AttachmentMessage, ScanMessage, StoreMessage } from '../store-messages.ts'
import type { ChannelService } from './channel-server.ts'

/** Lets workers use a store that only the main process has. */
export function storeService(store: ExperimentStore): ChannelService {
  return {
    handlers: {
      append: ({ experiment, entry }: AppendMessage) => store.append(experiment, entry),
      scan: ({ experiment, ...filter }: ScanMessage) => Array.fromAsync(store.scan(experiment, filter)),
      attachment: ({ experiment, sha256 }: AttachmentMessage) => store.readAttachment(experiment, sha256),
      document: ({ experiment }: StoreMessage) => store.readDocument(experiment),
      experiments: () => store.list(),
    },
  }
}
