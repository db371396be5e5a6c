import type { Vitest } from 'vitest/node'
import type { ChannelService } from '../channel/main/channel-server.ts'
import type { FingerprintMessage } from '../channel/fingerprint-message.ts'
import type { TaskFingerprints, TaskHash } from '../fingerprint/task-fingerprints.ts'

/** Tells workers what makes the answers of their evals, from the modules that Vite has for them. */
export interface FingerprintService extends ChannelService {
  /** A worker is about to load an eval file, whose evals will ask. */
  prepare(project: string, file: string): void
}

/** The service of one run. */
export function fingerprintService(vitest: Vitest): FingerprintService {
  const projects = new Map<string, Promise<TaskFingerprints>>()
  const load = () => import('../fingerprint/task-fingerprints.ts')
  const open = async (name: string): Promise<TaskFingerprints> => {
    const { TaskFingerprints } = await load()
    const project = vitest.projects.find((each) => each.name === name) ?? vitest.getRootProject()
    return new TaskFingerprints(project.vite.environments.ssr, vitest.config.root)
  }
  const ofProject = (project: string): Promise<TaskFingerprints> => {
    let opened = projects.get(project)
    if (opened === undefined) projects.set(project, (opened = open(project)))
    // Who asks next tries again.
    opened.catch(() => projects.delete(project))
    return opened
  }
  // What keeps these from being loaded is told to who asks.
  return {
    workerStarted: () => void load().catch(() => {}),
    prepare: (project, file) =>
      void ofProject(project)
        .then((known) => known.prepare(file))
        .catch(() => {}),
    handlers: {
      async fingerprint({ project, variants, ...task }: FingerprintMessage): Promise<TaskHash[]> {
        const fingerprints = await ofProject(project)
        const hashes: TaskHash[] = []
        for (const variant of variants) hashes.push(await fingerprints.of({ ...task, variant }))
        return hashes
      },
    },
  }
}
