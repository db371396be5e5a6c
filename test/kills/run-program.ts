/** Where the program finds the packages. */
export interface ProgramModules {
  readonly core: string
  readonly storage: string
}

/**
 * A program that runs one evaluation of an experiment: `node run.mjs '{ "folder", "port", "experiment", … }'`. Task and
 * scorer each make one call of the model that `serveAnswers` serves. It prints `begun`, the key of each sample as soon as
 * `evaluate` says that it is completed, and at the end what came out. Printing is synchronous: what was printed had
 * happened.
 */
export function runProgram({ core, storage }: ProgramModules): string {
  return `
import { writeSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { createModelResponse, defineModel, evaluate } from ${JSON.stringify(core)}
import { openStore } from ${JSON.stringify(storage)}

const { folder, port, experiment, samples, epochs, concurrency } = JSON.parse(process.argv[2])
const print = (line) => writeSync(1, line + '\\n')
const socket = connect(port, '127.0.0.1')
const waiting = new Map()
createInterface(socket).on('line', (line) => waiting.get(line.split(' ', 2).join(' '))(line))
const ask = (call) =>
  new Promise((resolve) => {
    waiting.set(call, resolve)
    socket.write(experiment + ' ' + call + '\\n')
  })
const model = (modelId) =>
  defineModel({
    provider: 'counted',
    modelId,
    generate: async (key) => createModelResponse({ text: await ask(modelId + ' ' + key), model: modelId }),
  })
const [answering, judging] = [model('task'), model('judge')]

const store = await openStore('json://.evals', { root: folder, writer: 'main' })
print('begun')
const { status, summary, problems } = await evaluate({
  name: 'answers',
  version: '1',
  data: Array.from({ length: samples }, (_, index) => ({ id: String(index), question: String(index) })),
  epochs,
  concurrency,
  task: async ({ question }, { epoch }) => (await answering.generate(question + ':' + epoch)).text,
  scorers: [
    {
      name: 'judge',
      version: '1',
      async score({ input, output, epoch }) {
        const key = input.question + ':' + epoch
        return (await judging.generate(key)).text.startsWith('judge ' + key + ' ') && output.startsWith('task ' + key + ' ')
      },
    },
  ],
  store,
  experiment,
  onEvent(event) {
    if (event.type === 'sample.completed') print(event.result.id + ':' + event.result.epoch)
  },
})
print('ended ' + JSON.stringify({ status, scored: summary.samples.scored, problems: problems.length }))
await store.close()
socket.end()
`
}
