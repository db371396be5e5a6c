import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { EvalsError, messageOf } from '@evals/core'
import { readDashboard } from '../view/dashboard-files.ts'
import { reportParts, type ReportSubject } from './report-parts.ts'
import { writeWholeFile } from './write-whole-file.ts'

const compress = promisify(gzip)

/**
 * Writes the page with all data of an experiment as one HTML file that loads nothing from anywhere.
 * @returns the size of the file in bytes
 * @throws EvalsError `EVALS_DASHBOARD_MISSING`, `EVALS_OUTPUT_UNWRITABLE`
 */
export async function writeReport(path: string, subject: ReportSubject): Promise<number> {
  try {
    return await writeWholeFile(path, reportHtml(subject))
  } catch (error) {
    if (EvalsError.isInstance(error)) throw error
    throw new EvalsError(
      'EVALS_OUTPUT_UNWRITABLE',
      `The report cannot be written to ${path}: ${messageOf(error)}. Name another file with -o.`,
      { cause: error, details: { path } },
    )
  }
}

async function* reportHtml(subject: ReportSubject): AsyncGenerator<string> {
  const { script, style } = await readDashboard()
  // The end tag of the element that the text stands in would end it, wherever it is.
  const inlineScript = script.replaceAll('</script', String.raw`<\/script`)
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(inlineScript)}'`,
    `style-src '${sha256(style)}'`,
    'img-src data: blob:',
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Evals</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
`
  for await (const { name, bytes } of reportParts(subject)) {
    yield `<script type="text/plain" id="${name}">${(await compress(bytes)).toString('base64')}</script>\n`
  }
  yield `<script type="module">${inlineScript}</script>\n</body>\n</html>\n`
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
