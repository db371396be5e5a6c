import { evalTest } from 'vitest-plugin-evals'
import { deliveryNote, parcels } from './delivery-notes.ts'
import { plainWords } from './plain-words.ts'
import { tellsFacts } from './tells-facts.ts'

evalTest.each(parcels)('delivery notes', (parcel) => deliveryNote(parcel), {
  scorers: [
    // A function is a scorer: its name is the scorer's name, and a boolean is right or wrong.
    function isShort({ output }) {
      return output.length <= 80
    },
    tellsFacts,
    plainWords(),
  ],
  thresholds: { tellsFacts: 0.8, plainWords: { mean: 0.6, least: 0.2 } },
})
