import type { LanguageModel } from '@evals/providers'
import { mock } from '@evals/providers/mock'
import { openai } from '@evals/providers/openai'

/** The model that is to find the way: a scripted one, unless `LIVE=1` asks a real one. */
export function pathfinder(): LanguageModel {
  return process.env['LIVE'] === '1' ? openai('gpt-5-mini') : sometimesRight()
}

/** Of ten attempts at a maze so many are right: nine, five and two. The others go straight on. */
function sometimesRight(): LanguageModel {
  const routes = { 'S..': ['DDRR', 9], 'S#.': ['DDRR', 5], 'S#G.': ['DDRRUU', 2] } as const
  return mock((prompt, { seed = 0 }) => {
    const firstRow = /^S.*$/m.exec(String(prompt))![0] as keyof typeof routes
    const [route, right] = routes[firstRow]
    return seed < right ? route : 'RRRR'
  })
}
