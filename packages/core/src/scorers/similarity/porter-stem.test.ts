import fc from 'fast-check'
import { expect, test } from 'vitest'
import { porterStem } from './porter-stem.ts'

// Values of NLTK's PorterStemmer; many are the examples of Porter's paper.
test.for(
  `caresses caress|ponies poni|ties tie|cats cat|feed feed|agreed agre|plastered plaster|bled bled|motoring motor|sing sing
  conflated conflat|troubled troubl|sized size|hopping hop|falling fall|hissing hiss|fizzed fizz|failing fail|filing file
  happy happi|enjoy enjoy|enjoyment enjoy|relational relat|conditional condit|rational ration|digitizer digit
  conformably conform|radically radic|differently differ|vilely vile|analogously analog|vietnamization vietnam
  predication predic|operator oper|feudalism feudal|decisiveness decis|hopefulness hope|hopefully hope|formality formal
  sensitivity sensit|sensibility sensibl|triplicate triplic|formative form|formalize formal|electricity electr|hopeful hope
  goodness good|revival reviv|allowance allow|inference infer|airliner airlin|adjustable adjust|irritant irrit
  replacement replac|adoption adopt|communism commun|activate activ|effective effect|bowdlerize bowdler|probate probat
  rate rate|cease ceas|controll control|roll roll|skies sky|dying die|dies die|died die|news news|innings inning
  geology geolog|proceed proceed|are are|by by`
    .split(/\||\n/)
    .map((pair) => pair.trim().split(' ') as [string, string]),
)('%s → %s', ([word, stem]) => {
  expect(porterStem(word)).toBe(stem)
})

test('a stem is never longer than its word, and never empty', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,14}$/), (word) => {
      const stem = porterStem(word)
      expect(stem).not.toBe('')
      expect(stem.length).toBeLessThanOrEqual(word.length)
    }),
  )
})
