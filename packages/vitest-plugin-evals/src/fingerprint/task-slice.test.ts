import { expect, test } from 'vitest'
import { EvalFile, type DeclaredTask } from './task-slice.ts'

const imports = `
const __vite_ssr_import_0__ = await __vite_ssr_import__("/plugin.js", {"importedNames":["evalTest"]});
const __vite_ssr_import_1__ = await __vite_ssr_import__("/app.ts", {"importedNames":["app"]});
const evalTest = __vite_ssr_import_0__.evalTest;
`

/** The words in capitals that are in a task's slice, in alphabetical order. */
function wordsOf(code: string, task: Partial<DeclaredTask> = {}): string[] | undefined {
  const file = new EvalFile(imports + code)
  const slice = file.slice({ name: 'eval', text: '(row) => row + used', ...task }, (url) => url)
  if (slice === undefined) return undefined
  return [...new Set(slice.pieces.join(' ').match(/\b[A-Z]{2,}\b/g))].toSorted()
}

const declaration = "evalTest.each(['LABEL'])('eval', (row) => row + used, { scorers: ['SCORER'] })"

test.for([
  ['a constant', "const used = 'YES', other = 'NO'", ['YES']],
  ['one of several that are taken apart', "const { a: [used] } = ['YES']; const [x] = ['NO']", ['YES']],
  ['a class', "class used { static yes = Base } class Base { x = 'YES' } class Other { x = 'NO' }", ['YES']],
  [
    'a function that calls itself',
    "function used(n) { return n && used(n - 1) + 'YES' } function no() { 'NO' }",
    ['YES'],
  ],
  ['assignments', "let used; function set() { used = 'YES' } function not() { const used = 'NO' }", ['YES']],
  ['assignments of properties', "const used = {}; if (x) used.a.b = 'YES'; else no('NO')", ['NO', 'YES']],
  ['assignments by patterns', "let used, x; const set = () => { [x, { used }] = ['YES'] }", ['YES']],
  ['counting', "let used = 'YES'; const count = () => used++", ['YES']],
  ['statements for their effects', "let used; prepare('YES'); log(__vite_ssr_import_1__.app)", ['YES']],
  ['what a name inside hides', "const used = ((own) => own + 'YES')(1), own = 'NO', row = 'NO'", ['YES']],
  ['a name that is only a property', "const used = { no: 1, ['yes' + yes]: x.no }, no = 'NO', yes = 'YES'", ['YES']],
  ['a shorthand', "const used = { yes }, yes = 'YES'", ['YES']],
  ['a default', "const used = ({ a = yes }) => a, yes = 'YES'", ['YES']],
  ['a var of a block', "{ var used = yes } const yes = 'YES'", ['YES']],
  ['a let of a block', "{ let used = 'NO' } const used = 'YES'", ['NO', 'YES']],
] as const)('a slice has %s', ([, code, words]) => {
  expect(wordsOf(`${code}; ${declaration}`)).toEqual(words)
})

test.for([
  ['a function that a declaration calls', "function add(t) { used.push(t); return t } const own = add('YES')", ['YES']],
  ['what that is given', "const add = (list, t) => list.push(t); const own = add(used, 'YES')", ['YES']],
  ['a method', "const own = used.register('YES'), other = others.register('NO'), others = []", ['YES']],
  ['another name of it', "const { list } = used; const own = list.set('YES')", ['YES']],
  ['Object.assign', "const own = Object.assign(used, { tone: 'YES' })", ['YES']],
  ['a loop', "const own = ['YES'].map((word) => used.push(word))", ['YES']],
  ['a class as it is declared', "class Own { static { used.add('YES') } }", ['YES']],
  ['an object of the file', "const own = { add(t) { used.push(t) } }; const it = own.add('YES')", ['YES']],
  ['a write under a condition', "const x = 'YES'; const own = (() => { if (x) used.y = 1 })()", ['YES']],
  ['a writer of what a writer uses', "const x = []; const a = used.push(x); const b = x.push('YES')", ['YES']],
] as const)('a slice has the declaration that writes to what it uses: %s', ([, code, words]) => {
  expect(wordsOf(`const used = []; ${code}; ${declaration}`)).toEqual(words)
})

test.for([
  ['reads it', "const rows = used.map((each) => [each, 'NO'])"],
  ['makes a function that has yet to be called', "const own = wrap({ run: (t) => used.push(t, 'NO') })"],
  ['makes such a function by one of the file', "const make = (t) => () => used.push(t); const own = make('NO')"],
  ['writes to something else', "const other = []; const own = other.push('NO')"],
  [
    'makes another test of the same one',
    "const test = evalTest.extend('a', 1); test.beforeAll(used); const own = test.extend('b', 'NO')",
  ],
  ['is an eval', "const own = evalTest('other', () => used.push('NO'))"],
])('a slice has no declaration that %s', ([, code]) => {
  expect(wordsOf(`const used = []; ${code}; ${declaration}`)).toEqual([])
})

test('what a loop assigns without declaring it counts', () => {
  expect(wordsOf(`let used; const run = () => { for (used of ['YES']); }; ${declaration}`)).toEqual(['YES'])
})

test('names come from the nearest function, loop or describe around a task', () => {
  const outside = "const used = 'NO'"
  expect(wordsOf(`${outside}; { const used = 'YES'; ${declaration} }`)).toEqual(['YES'])
  expect(wordsOf(`${outside}; for (const used of ['YES']) ${declaration}`)).toEqual(['YES'])
  expect(wordsOf(`${outside}; for (let used = 'YES'; used < 'MAX'; used++) { ${declaration} }`)).toEqual(['MAX', 'YES'])
  expect(wordsOf(`${outside}; ['YES'].forEach((used) => { ${declaration} })`)).toEqual(['YES'])
  expect(wordsOf(`${outside}; evalTest.describe('x', () => { const used = 'YES'; ${declaration} })`)).toEqual(['YES'])
  expect(wordsOf(`function f() { const used = 'YES'; before('HOOK'); ${declaration} } f('NO')`)).toEqual([
    'HOOK',
    'YES',
  ])
})

test('there is no slice where a value comes from an unknown call, a caught error, or the task is not there', () => {
  expect(wordsOf(`function declare(used) { ${declaration} }`)).toBeUndefined()
  expect(wordsOf(`try { x() } catch (used) { ${declaration} }`)).toBeUndefined()
  expect(wordsOf(declaration, { text: '() => 1' })).toBeUndefined()
  expect(wordsOf(`labels.set('eval', used)`)).toBeUndefined()
})

test('evals with one text for their tasks are told apart by name, and count together where names are computed', () => {
  const code = `
    const used = 0
    evalTest.extend({ a: 'ONE' })('eval', (row) => row + used)
    evalTest.extend({ a: 'TWO' })('other', (row) => row + used)
    evalTest.extend({ a: 'THREE' })(computed(), (row) => row + used)
    evalTest.extend({ a: 'FOUR' })(computed(), (row) => row + used)
  `
  expect(wordsOf(code)).toEqual(['ONE'])
  expect(wordsOf(code, { name: 'other' })).toEqual(['TWO'])
  expect(wordsOf(code, { name: 'third' })).toEqual(['FOUR', 'THREE'])
})

test('a task that is declared elsewhere is found by the name of its eval', () => {
  const code = "const task = make('TASK'); evalTest.each(['ROWS'])('eval', task, { scorers: ['SCORER'] })"
  expect(wordsOf(code, { text: 'function () { [native code] }' })).toEqual(['TASK'])
})

test('a test that goes through several constants keeps all its fixtures', () => {
  const code = `
    const first = evalTest.extend('a', () => 'FIRST').skipIf('NO')
    const second = first.extend('b', () => 'SECOND')
    const third = first.extend('c', () => 'THIRD')
    const used = 0
    second.only.each(['ROWS'])('eval', (row) => row + used)
    third.each(['ROWS'])('other', (row) => row - used)
  `
  expect(wordsOf(code)).toEqual(['FIRST', 'SECOND'])
  expect(wordsOf(code, { name: 'other', text: '(row) => row - used' })).toEqual(['FIRST', 'THIRD'])
})

test('only the chosen values of variants count, those apart that cannot be read', () => {
  const code = `
    const used = 0, more = { x: 'MORE' }
    const test = evalTest.variants({ model: { mini: 'MINI', big: 'BIG' }, prompt: more }).variants({ t: { a: 'AA', b: 'BB' } })
    test('eval', (row) => row + used)
  `
  expect(wordsOf(code)).toEqual(['AA', 'BB', 'BIG', 'MINI', 'MORE'])
  expect(wordsOf(code, { variant: { model: 'big', prompt: 'x', t: 'a' } })).toEqual(['AA', 'BIG', 'MORE'])
})

test('layout, comments, quotes and the numbers of imports do not matter, but values do', () => {
  const piecesOf = (values: string, head = imports): readonly string[] | undefined => {
    const file = new EvalFile(`${head} const task = [${values}]; evalTest('eval', task)`)
    return file.slice({ name: 'eval', text: 'task' }, (url) => url)?.pieces
  }
  const pieces = piecesOf("1n, /a/g, 'x', `y${1}`, __vite_ssr_import_1__.app")
  expect(pieces).toHaveLength(3)
  const renumbered = imports.replaceAll('import_1_', 'import_7_')
  expect(piecesOf('1n, /* a */ /a/g,\n "x", `y${1}`, __vite_ssr_import_7__.app', renumbered)).toEqual(pieces)
  const others = [
    "2n, /a/g, 'x', `y${1}`, __vite_ssr_import_1__.app",
    "1n, /a/i, 'x', `y${1}`, __vite_ssr_import_1__.app",
    "1n, /a/g, 'z', `y${1}`, __vite_ssr_import_1__.app",
    "1n, /a/g, 'x', `z${1}`, __vite_ssr_import_1__.app",
    "1n, /a/g, 'x', `y${1}`, __vite_ssr_import_0__.app",
    "1n, /a/g, 'x', `y${1}`, __vite_ssr_import_1__.other",
  ]
  for (const other of others) expect(piecesOf(other)).not.toEqual(pieces)
})
