import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion } from '../scorer-options.ts'
import { binaryScale, quote, textScorer, toTexts, unusable } from '../text-scorer.ts'
import { prepareText, textRules, type TextOptions } from './prepare-text.ts'

/** A scorer that looks at one end of the output. */
export function affixScorer(factory: 'startsWith' | 'endsWith', options: TextOptions): Scorer {
  checkOptions(factory, options, textRules)
  const { name = factory } = options
  return textScorer({
    name,
    version: optionsVersion(factory, options),
    scale: binaryScale,
    needsExpected: true,
    judge(output, expected) {
      const wanted = toTexts(name, expected)
      const text = prepareText(output, options)
      const prepared = wanted.map((item) => prepareText(item, options))
      if (prepared.includes('')) {
        throw unusable(name, 'nothing is left of an expected text, which fits every output; give the row a longer one')
      }
      if (prepared.some((item) => text[factory](item))) return { value: 1 }
      const found = quote(factory === 'startsWith' ? text.slice(0, 80) : text.slice(-80))
      const end = factory === 'startsWith' ? 'starts' : 'ends'
      return { value: 0, explanation: `it ${end} with ${found}, not with ${wanted.map(quote).join(' or ')}` }
    },
  })
}
