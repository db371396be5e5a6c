import type { LocalServerSpec } from './local-server-spec.ts'

const secretName = /(^|[-_])(api)?(key|token|secret|password|credentials?)([-_]|$)/i
/** What is shorter would hide half of a text. */
const leastLength = 6

/** What must not be shown of a command: values of variables and arguments whose names say so, as in `HF_TOKEN` and `--api-key`. */
export function secretsOf(
  { env = {}, args = [] }: Pick<LocalServerSpec, 'env' | 'args'>,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const variables = Object.entries({ ...environment, ...env }).flatMap(([name, value = '']) =>
    secretName.test(name) ? [value] : [],
  )
  const values = args.flatMap((argument, index) => {
    const [option = '', value = args[index + 1] ?? ''] = argument.split(/=(.*)/s)
    return option.startsWith('-') && secretName.test(option) ? [value] : []
  })
  // One may contain another.
  return [...variables, ...values]
    .filter(({ length }) => length >= leastLength)
    .toSorted((one, other) => other.length - one.length)
}

/** The text without the secrets. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '[hidden]'), text)
}
