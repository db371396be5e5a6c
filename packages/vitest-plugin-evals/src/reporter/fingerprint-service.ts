import type { Vitest } from 'vitest/node'
import type { ChannelService } from '../channel/main/channel-server.ts'
import type { FingerprintMessage } from '../channel/fingerprint-message.ts'
import type { TaskFingerprints, TaskHash } from '../fingerprint/task-fingerprints.ts'

/** Tells workers what makes the answers of their evals, from the modules that Vite has for them. */
export function fingerprintService(vitest: Vitest): ChannelService {
  const projects = new Map<string, Promise<TaskFingerprints>>()
  const load = () => import('../fingerprint/task-fingerprints.ts')
  const open = async (name: string): Promise<TaskFingerprints> => {
    const { TaskFingerprints } = await load()
    const project = vitest.projects.find((each) => each.name === name) ?? vitest.getRootProject()
    return new TaskFingerprints(project.vite.environments.ssr, vitest.config.root)
  }
  return {
    // What keeps it from being loaded is told to who asks.
    workerStarted: () => void load().catch(() => {}),
    handlers: {
      async fingerprint({ project, variants, ...task }: FingerprintMessage): Promise<TaskHash[]> {
        let opened = projects.get(project)
        if (opened === undefined) projects.set(project, (opened = open(project)))
        // Who asks next tries again.
        opened.catch(() => projects.delete(project))
        const fingerprints = await opened
        const hashes: TaskHash[] = []
        for (const variant of variants) hashes.push(await fingerprints.of({ ...task, variant }))
        return hashes
      },
    },
  }
}
