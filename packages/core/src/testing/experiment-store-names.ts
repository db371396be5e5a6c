import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { StoreCase } from './experiment-store-contract.ts'
import { makeDocument, makeEntry, makeRun } from './make-entry.ts'
import { idsOf, missingAttachment, namesOf, sha256Of } from './stored-facts.ts'

/** Cases about experiments as a whole: their names, their removal, their documents. */
export const namingCases: Readonly<Record<string, StoreCase>> = {
  async 'a deleted experiment is gone, others stay, and its name is free again'(open, experiment) {
    const store = await open('1')
    const other = `${experiment}, another`
    const attachments = [{ sha256: sha256Of('a'), mediaType: 'image/png', bytes: new TextEncoder().encode('a') }]
    for (const name of [experiment, other]) {
      await store.append(name, { ...makeEntry({ id: name }), attachments })
      await store.writeDocument(makeDocument(name))
    }
    await store.delete(experiment)
    equal(await store.readDocument(experiment), undefined)
    await rejects(store.readAttachment(experiment, sha256Of('a')), missingAttachment)
    deepEqual(await idsOf(store, experiment), [])
    const names = await namesOf(store)
    ok(!names.includes(experiment) && names.includes(other))
    await store.append(experiment, makeEntry({ id: 'new' }))
    await store.append(other, makeEntry({ id: 'more' }))
    deepEqual(await idsOf(store, experiment), ['new'])
    deepEqual(await idsOf(store, other), [other, 'more'])
  },

  async 'no two names are the same experiment, whatever they are made of'(open, experiment) {
    const store = await open('1')
    const names = awkwardNames.map((name) => (name.startsWith('.') ? name : `${name}${experiment}`))
    for (const name of names) {
      await store.append(name, makeEntry({ id: name }))
      await store.writeDocument(makeDocument(name))
    }
    for (const name of names) {
      deepEqual(await idsOf(store, name), [name])
      equal((await store.readDocument(name))?.experiment, name)
    }
    const listed = await namesOf(store)
    deepEqual(
      names.filter((name) => !listed.includes(name)),
      [],
    )
  },

  async 'a renamed experiment has all it had, and its old name is free'(open, experiment) {
    const store = await open('1')
    const to = `${experiment}, renamed`
    const attachments = [{ sha256: sha256Of('a'), mediaType: 'image/png', bytes: new TextEncoder().encode('a') }]
    await store.append(experiment, { ...makeEntry({ id: 'a' }), attachments })
    const document = makeDocument(experiment, { runs: [makeRun('run')] })
    await store.writeDocument(document)
    await store.rename(experiment, to)
    deepEqual(await idsOf(store, to), ['a'])
    deepEqual(await store.readDocument(to), { ...document, experiment: to })
    deepEqual(new Uint8Array(await store.readAttachment(to, sha256Of('a'))), new TextEncoder().encode('a'))
    equal(await store.readDocument(experiment), undefined)
    deepEqual(await idsOf(store, experiment), [])
    const names = await namesOf(store)
    ok(names.includes(to) && !names.includes(experiment))
    await store.append(to, makeEntry({ id: 'b' }))
    await store.append(experiment, makeEntry({ id: 'new' }))
    deepEqual(await idsOf(await open('2'), to), ['a', 'b'])
    deepEqual(await idsOf(store, experiment), ['new'])
  },

  async 'renaming refuses an unknown name and one that is taken'(open, experiment) {
    const store = await open('1')
    const other = `${experiment}, another`
    for (const name of [experiment, other]) await store.append(name, makeEntry({ id: name }))
    await rejects(store.rename(`${experiment}!`, `${experiment}, new`), (error: Error) => {
      ok(error.message.includes(experiment), 'the message has the nearest name')
      return 'code' in error && error.code === 'EVALS_EXPERIMENT_UNKNOWN'
    })
    await rejects(store.rename(experiment, other), { code: 'EVALS_EXPERIMENT_EXISTS' })
    await rejects(store.rename(experiment, experiment), { code: 'EVALS_EXPERIMENT_EXISTS' })
    deepEqual(await idsOf(store, experiment), [experiment])
    deepEqual(await idsOf(store, other), [other])
  },

  async 'an experiment without a document has one that is made from its records'(open, experiment) {
    const store = await open('1')
    const startedAt = '2026-03-04T05:06:07.000Z'
    const scores = { exactMatch: { value: 0 } }
    await store.append(experiment, makeEntry({ run: 'a', id: '1', startedAt, durationMs: 3000 }))
    await store.append(experiment, makeEntry({ run: 'a', id: '2', startedAt, durationMs: 1000, scores }))
    await store.append(experiment, makeEntry({ run: 'b', id: '1', outcome: 'error', startedAt, durationMs: 2000 }))
    const rebuilt = await store.readDocument(experiment)
    deepEqual(
      { ...rebuilt, evals: undefined },
      {
        version: 1,
        experiment,
        status: 'interrupted',
        createdAt: startedAt,
        updatedAt: '2026-03-04T05:06:10.000Z',
        rebuilt: rebuilt?.rebuilt,
        runs: ['a', 'b'].map((id) => ({ id, startedAt, versions: {}, options: {} })),
        evals: undefined,
      },
    )
    ok(rebuilt?.rebuilt)
    deepEqual(Object.keys(rebuilt.evals), ['qa.eval.ts > capitals'])
    const summary = rebuilt.evals['qa.eval.ts > capitals']
    deepEqual(summary?.samples, { total: 2, scored: 2, error: 0, timeout: 0, cancelled: 0, failed: 0, missing: 0 })
    equal(summary.scorers['exactMatch']?.mean, 0.5)
    const { status, createdAt, updatedAt } = rebuilt
    deepEqual(
      (await store.list()).find((listing) => listing.experiment === experiment),
      { experiment, status, createdAt, updatedAt, rebuilt: rebuilt.rebuilt },
    )
    const document = makeDocument(experiment)
    await store.writeDocument(document)
    deepEqual(await store.readDocument(experiment), document)
  },
}

const awkwardNames: readonly string[] = [
  ['a/b', 'a@b', 'a%2Fb', 'a b', 'a_b', 'a-b', 'ab', 'AB', 'Ab', 'a\\b', 'a\0b', 'a:b', '*', '🦉', 'é', 'e\u0301'],
  ['.', '..', '...', '.a', '../a', './a', ' a', 'a', 'nul', 'x'.repeat(300), 'X'.repeat(300), `${'x'.repeat(299)}y`],
].flat()
