import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { readVerdict } from './read-verdict.ts'

const choices = ['pass', 'fail']
const read = (text: string, offered: readonly string[] = choices) => readVerdict({ text }, { choices: offered })
const saying = (verdict: string) => ({ answer: expect.objectContaining({ verdict }) as unknown })

describe('texts', () => {
  test.for<readonly [string, string]>([
    ['VERDICT: pass', 'pass'],
    ['It is polite.\n\nVERDICT: pass', 'pass'],
    ['**Verdict:** Fail.', 'fail'],
    ['**VERDICT**: "pass"', 'pass'],
    ['- verdict : `fail`', 'fail'],
    ['```VERDICT: pass```', 'pass'],
    ['## Verdict: (pass)', 'pass'],
    ['VERDICT: pass\nVERDICT: pass', 'pass'],
    ['It ends with "VERDICT: pass".\nVERDICT: fail', 'fail'],
    ['> VERDICT: pass\n\nIt only says so.\nVERDICT: fail', 'fail'],
    ['It says:\n```\nVERDICT: pass\n```\nVERDICT: fail\n', 'fail'],
    ['~~~~\n~~~\nVERDICT: pass\n~~~~\nVERDICT: fail', 'fail'],
    ['{"explanation": "ok", "verdict": "pass"}', 'pass'],
    ['```json\n{"verdict": "fail", "explanation": "no"}\n```', 'fail'],
    ['{"explanation": "it said \\"verdict\\": \\"pass\\"", "verdict": "fail"}', 'fail'],
  ])('%j says %s', ([text, verdict]) => {
    expect(read(text)).toEqual(saying(verdict))
  })

  test.for<readonly [string, string]>([
    ['', 'the answer is empty'],
    [' \n', 'the answer is empty'],
    ['I would say it passes.', 'the answer has no verdict'],
    ['pass', 'the answer has no verdict'],
    ['VERDICT:', 'the verdict "" is none of pass, fail'],
    ['VERDICT: maybe', 'the verdict "maybe" is none of pass, fail'],
    ['VERDICT: pass or fail', 'the verdict "pass or fail" is none of pass, fail'],
    ['VERDICT: pass, since it is polite', 'the verdict "pass, since it is polite" is none of pass, fail'],
    ['VERDICT: passable', 'the verdict "passable" is none of pass, fail'],
    ['VERDICT: pass\nNo, wait.\nVERDICT: fail', 'the answer has 2 verdicts that differ'],
    ['VERDICT: pass\nVERDICT: nonsense', 'the answer has 2 verdicts that differ'],
    ['The verdict: pass is what it asks for', 'the answer has no verdict'],
    ['> VERDICT: pass', 'the answer has no verdict'],
    ['It ends so:\n\n  > - VERDICT: pass', 'the answer has no verdict'],
    ['It ends so:\n```text\nVERDICT: pass\n```', 'the answer has no verdict'],
    ['It ends so:\n```\nVERDICT: pass', 'the answer has no verdict'],
    ['```\nVERDICT: pass\n```\nNo.\n```\nx\n```', 'the answer has no verdict'],
    ['VERDICT: pass\nis what it asks for.', 'the verdict is not in the last line of the answer'],
    [`VERDICT: pass${' or fail'.repeat(30)}`, 'the line of the verdict is longer than 200 characters'],
    [`VERDICT: fail, ${'x'.repeat(200)}\nVERDICT: pass`, 'the answer has 2 verdicts that differ'],
    ['{"verdict": "pass", "verdict": "fail"}', 'the answer has two verdicts'],
    ['{"verdict": "pass"} {"verdict": "fail"}', 'the answer has no verdict'],
    ['Sure! {"verdict": "pass"}', 'the answer has no verdict'],
    ['{"verdict": ["pass"]}', 'the answer has no verdict'],
    ['{"verdict": null}', 'the answer has no verdict'],
    ['["pass"]', 'the answer has no verdict'],
  ])('%j has none: %s', ([text, problem]) => {
    expect(read(text)).toEqual({ problem })
  })

  test('a grade is a number, also below 0', () => {
    const grades = ['-2', '-1', '0', '1', '2']
    expect(read('Bad.\nGRADE: -1', grades)).toEqual(saying('-1'))
    expect(read('GRADE: 1/2', grades)).toEqual({ problem: 'the verdict "1/2" is none of -2, -1, 0, 1, 2' })
    expect(read('GRADE: 1.5', grades)).toEqual({ problem: 'the verdict "1.5" is none of -2, -1, 0, 1, 2' })
  })
})

describe('structured answers', () => {
  const readObject = (object: unknown, offered: readonly string[] = choices) =>
    readVerdict({ text: 'VERDICT: pass', object }, { choices: offered })

  test.for([
    [{ verdict: 'pass', explanation: 'polite' }, { answer: { verdict: 'pass', explanation: 'polite' } }],
    [{ verdict: 'FAIL' }, { answer: { verdict: 'fail', explanation: '' } }],
    [{ verdict: 'pass or fail' }, { problem: 'the verdict "pass or fail" is none of pass, fail' }],
    [{ verdict: true }, { problem: 'the answer has no verdict' }],
    [{}, { problem: 'the answer has no verdict' }],
    [[], { problem: 'the answer is no object' }],
    ['pass', { problem: 'the answer is no object' }],
    [null, { problem: 'the answer is no object' }],
  ] as const)('%j', ([object, reading]) => {
    expect(readObject(object)).toEqual(reading)
  })

  test('a number is the grade that it writes', () => {
    expect(readObject({ verdict: 4 }, ['4', '5'])).toEqual(saying('4'))
    expect(readObject({ verdict: 4.5 }, ['4', '5'])).toEqual({ problem: 'the verdict "4.5" is none of 4, 5' })
  })
})

interface Golden {
  readonly rows: readonly {
    readonly text: string
    readonly offered_CI: string | null
    readonly offered_CPI: string | null
  }[]
}
const golden = readGolden<Golden>('inspect-grade-parse')
/** What Inspect cannot read, what it takes a word's first letter for, and a grade with text after it. */
const corrected: Readonly<Record<string, string | null>> = {
  "GRADE: 'C'": 'C',
  'GRADE: Correct': null,
  "The submission says 'GRADE: C'.\nGRADE: I\nThanks!": null,
}

describe('Inspect', () => {
  test.for(golden.rows)('$text', ({ text, ...offered }) => {
    for (const [letters, theirs] of [
      ['CI', offered.offered_CI],
      ['CPI', offered.offered_CPI],
    ] as const) {
      const all = letters.split('')
      const compat = readVerdict({ text }, { choices: all, compat: 'inspect' })
      expect('answer' in compat ? compat.answer.verdict : null).toBe(theirs)
      const own = read(text, all)
      const ours = text in corrected ? corrected[text] : theirs
      expect('answer' in own ? own.answer.verdict : null).toBe(ours)
    }
  })

  test.for(['**GRADE**: C', "GRADE: 'C'", 'GRADE: $C'])('%s is read, which Inspect cannot', (text) => {
    expect(read(text, ['C', 'I'])).toEqual(saying('C'))
  })

  test('a word is not taken for its first letter, unless asked', () => {
    expect(read('GRADE: Cannot tell', ['C', 'I'])).toEqual({ problem: 'the verdict "Cannot tell" is none of C, I' })
    expect(readVerdict({ text: 'GRADE: Cannot tell' }, { choices: ['C', 'I'], compat: 'inspect' })).toEqual(saying('C'))
  })
})

test('whatever a judge answers: one of the choices or a problem, and never a choice that it did not write', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('VERDICT: ', 'GRADE:', 'pass', 'fail', '\n', '{"verdict":', '"pass"', '}', '**', '`', ' '),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const reading = read(text)
      if ('problem' in reading) expect(reading.problem).not.toBe('')
      else expect(text.toLowerCase()).toContain(reading.answer.verdict)
    }),
    { numRuns: 500 },
  )
})

test('what stands before a single verdict line does not change it, unless it is one itself', () => {
  const prose = fc.string({ unit: 'grapheme' }).filter((text) => !/verdict|grade|```|~~~/i.test(text))
  fc.assert(
    fc.property(prose, fc.constantFrom(...choices), (text, word) => {
      expect(read(`${text}\nVERDICT: ${word}`)).toEqual(saying(word))
      const other = word === 'pass' ? 'fail' : 'pass'
      expect(read(`VERDICT: ${other}\n${text}\nVERDICT: ${word}`)).toHaveProperty('problem')
    }),
  )
})

test('a megabyte is read in no time', () => {
  const start = performance.now()
  expect(read(`${'VERDICT '.repeat(130_000)}\n${'verdict: '.repeat(10)}x`)).toHaveProperty('problem')
  expect(read(`${'*'.repeat(1_000_000)}\nVERDICT: pass`)).toEqual(saying('pass'))
  expect(performance.now() - start).toBeLessThan(2000)
})
