import type { ModelResponse } from '../../model/language-model.ts'
import { quote } from '../text-scorer.ts'
import type { Reading } from './ask-judge.ts'
import { readObject } from './read-object.ts'

/** A verdict with its reasons. */
export interface Verdict {
  readonly verdict: string
  readonly explanation: string
}

/** How verdicts are read. */
export interface VerdictRules {
  /** What a verdict can be. */
  readonly choices: readonly string[]
  /** `inspect`: the last `GRADE: <letter>` that is offered counts, and of a word only its first letter. */
  readonly compat?: 'inspect' | undefined
}

const longestLine = 200
/** Markdown and quotation marks around the words; a minus sign belongs to a grade. */
const marks = `[\\s*_\`~"'$([\\]).!]*`
const verdictLabel = `^[\\s*_\`~#-]*(?:verdict|grade)${marks}:`
const verdictStart = new RegExp(verdictLabel, 'i')
const verdictLine = new RegExp(`${verdictLabel}${marks}(.*?)${marks}$`, 'i')
/** Backticks with more of them in the line are code within it. */
const fenceStart = /^\s*(`{3,}(?=[^`]*$)|~{3,})/

/**
 * The verdict in a judge's answer: the member `verdict` of its object, or of a text that is such an object, or the last
 * line `VERDICT: …` (also `GRADE: …`) of a text. What stands in a quotation (`> …`) or a code fence is the material's and
 * not looked at. It is one of the choices, without regard to case, or there is none: another word, several verdicts that
 * differ, prose around a word, and text after it are a `problem`, never a guess.
 */
export function readVerdict(answer: Pick<ModelResponse, 'text' | 'object'>, rules: VerdictRules): Reading<Verdict> {
  if (rules.compat === 'inspect') return lastGrade(answer.text, rules.choices)
  const object = readObject(answer)
  if (object === undefined) {
    return answer.object === undefined
      ? verdictOfLines(answer.text, rules.choices)
      : { problem: 'the answer is no object' }
  }
  // JSON.parse takes the last of several members of one name.
  if (answer.object === undefined && [...answer.text.matchAll(/(?<!\\)"verdict"\s*:/g)].length > 1) {
    return { problem: 'the answer has two verdicts' }
  }
  const { verdict, explanation } = object
  if (typeof verdict !== 'string' && typeof verdict !== 'number') return { problem: 'the answer has no verdict' }
  const reading = choiceOf(String(verdict), rules.choices)
  if ('problem' in reading) return reading
  return { answer: { verdict: reading.answer, explanation: typeof explanation === 'string' ? explanation : '' } }
}

function verdictOfLines(text: string, choices: readonly string[]): Reading<Verdict> {
  const lines = ownLines(text)
  const found = lines.filter((line) => verdictStart.test(line.slice(0, longestLine)))
  if (found.length === 0) return { problem: text.trim() === '' ? 'the answer is empty' : 'the answer has no verdict' }
  const readings = found.map((line) => readLine(line, choices))
  const verdicts = new Set(readings.map((reading) => ('answer' in reading ? reading.answer : undefined)))
  if (verdicts.size > 1) return { problem: `the answer has ${found.length} verdicts that differ` }
  const last = readings.at(-1)!
  if ('problem' in last) return last
  if (found.at(-1) !== lines.at(-1)) return { problem: 'the verdict is not in the last line of the answer' }
  return { answer: { verdict: last.answer, explanation: text.trim() } }
}

/** The lines that are the judge's own and not empty. A fence that nothing closes goes on to the end. */
function ownLines(text: string): string[] {
  let fence: string | undefined
  return text.split(/\r?\n/).filter((line) => {
    if (fence === undefined) {
      fence = fenceStart.exec(line)?.[1]
      return fence === undefined && line.trim() !== '' && !/^\s*>/.test(line)
    }
    if (line.trim().startsWith(fence) && new Set(line.trim()).size === 1) fence = undefined
    return false
  })
}

function readLine(line: string, choices: readonly string[]): Reading<string> {
  if (line.length > longestLine) return { problem: `the line of the verdict is longer than ${longestLine} characters` }
  return choiceOf(verdictLine.exec(line)?.[1] ?? '', choices)
}

function choiceOf(verdict: string, choices: readonly string[]): Reading<string> {
  const word = verdict.trim()
  const same = choices.filter((choice) => choice.toLowerCase() === word.toLowerCase())
  const choice = choices.includes(word) ? word : same.length === 1 ? same[0] : undefined
  if (choice !== undefined) return { answer: choice }
  return { problem: `the verdict ${quote(word)} is none of ${choices.join(', ')}` }
}

function lastGrade(text: string, choices: readonly string[]): Reading<Verdict> {
  const grades = [...text.matchAll(/\bGRADE\s*:\s*(\w)/gi)].map(([, letter = '']) => letter.toUpperCase())
  const verdict = grades.findLast((grade) => choices.includes(grade))
  return verdict === undefined
    ? { problem: 'the answer has no grade that is offered' }
    : { answer: { verdict, explanation: text } }
}
