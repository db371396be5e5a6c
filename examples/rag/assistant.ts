import type { LanguageModel } from '@evals/providers'
import type { EmbeddingModel } from '@evals/providers/openai'
import type { Passage } from './handbook.ts'

/** What the assistant says, and the passages it was given, best first. */
export interface Answer {
  readonly text: string
  readonly passages: readonly Passage[]
}

/** The models that an assistant is made of. */
export interface AssistantModels {
  readonly embedder: EmbeddingModel
  readonly writer: LanguageModel
}

interface IndexedPassage extends Passage {
  readonly vector: readonly number[]
}

/** The application: finds passages that resemble a question, and lets a model answer from them. */
export class Assistant {
  readonly #models: AssistantModels
  readonly #index: readonly IndexedPassage[]

  private constructor(index: readonly IndexedPassage[], models: AssistantModels) {
    this.#models = models
    this.#index = index
  }

  static async open(passages: readonly Passage[], models: AssistantModels): Promise<Assistant> {
    const { vectors } = await models.embedder.embed(passages.map(({ text }) => text))
    return new Assistant(
      passages.map((passage, index) => ({ ...passage, vector: vectors[index]! })),
      models,
    )
  }

  async answer(question: string): Promise<Answer> {
    const passages = await this.#retrieve(question, 2)
    const known = passages.map(({ text }) => text).join('\n')
    const prompt = `Answer from the handbook alone, in one sentence.\n\nHandbook:\n${known}\n\nQuestion: ${question}`
    return { text: (await this.#models.writer.generate(prompt)).text, passages }
  }

  async #retrieve(question: string, count: number): Promise<Passage[]> {
    const { vectors } = await this.#models.embedder.embed([question])
    const near = this.#index.toSorted((a, b) => dot(b.vector, vectors[0]!) - dot(a.vector, vectors[0]!))
    return near.slice(0, count).map(({ id, text }) => ({ id, text }))
  }
}

/** Of vectors of length one it is the cosine of the angle between them. */
function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0)
}
