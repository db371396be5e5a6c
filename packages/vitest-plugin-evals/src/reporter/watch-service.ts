import type { Vitest } from 'vitest/node'
import type { ChannelService } from '../channel/main/channel-server.ts'
import type { WatchMessage } from '../channel/watch-message.ts'

/**
 * Lets watch mode run evals again when a file changes that their datasets read: Vite gets to know it as it does the files
 * that plugins watch, as if the eval file imported it.
 */
export function watchService(vitest: Vitest): ChannelService {
  return {
    handlers: {
      watch({ project: name, file, path }: WatchMessage): void {
        const project = vitest.projects.find((each) => each.name === name)
        if (project === undefined || !vitest.config.watch) return
        const { moduleGraph } = project.vite.environments.ssr
        const { importers } = moduleGraph.createFileOnlyEntry(path)
        for (const module of moduleGraph.getModulesByFile(file) ?? []) importers.add(module)
        // It may be outside of the root.
        vitest.vite.watcher.add(path)
      },
    },
  }
}
