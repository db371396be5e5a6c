/** How {@link LocalServerSpec} finds out that a server can answer. */
export interface Readiness {
  /** Asked by GET, for example `/health`. */
  readonly path: string
  /** The status that means ready. Default: any from 200 to 299. */
  readonly status?: number
  /** How long a start may take, in ms. Default 300,000: large models load slowly. */
  readonly timeoutMs?: number
  /** Ms between two questions. Default 250. */
  readonly intervalMs?: number
}

/** What happens when a server dies during the run. */
export interface RestartPolicy {
  /** How often it is started again in all. Default 3. */
  readonly times?: number
  /** Ms before the first restart; they double each time, up to a minute. Default 1000. */
  readonly backoffMs?: number
}

/**
 * A command that serves a model over HTTP. Plain data: equal specs are one server. In `args` and in the values of `env`,
 * `{port}` stands for the server's port and `{replica}` for its number, from 0.
 */
export interface LocalServerSpec {
  /** Name or path of the program. */
  readonly command: string
  readonly args?: readonly string[]
  /** Added to the environment of this process. The values are never shown. */
  readonly env?: Readonly<Record<string, string>>
  /** Default: that of this process. */
  readonly cwd?: string
  /** Default: a free one, which `{port}` must tell the server. With replicas, the first one's; the others follow. */
  readonly port?: number
  /** How many of them to start; calls go to the least busy one. Default 1. */
  readonly replicas?: number
  readonly readiness: Readiness
  /** Asked once by POST when the server is ready, for example to load the model; a refusal fails the set-up. Default: nothing. */
  readonly warmUp?: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }
  /** As the server calls it. */
  readonly modelId: string
  /** Whose name the model bears: `provider:modelId`. Default `local`; with `api: 'ollama'` always `ollama`. */
  readonly provider?: string
  /** What the server speaks. Default `openai` (chat completions). */
  readonly api?: 'openai' | 'ollama'
  /** Between host and API. Default `/v1` for `openai`, else none. */
  readonly basePath?: string
  readonly restart?: RestartPolicy
  /** Ms between SIGTERM and SIGKILL at the end. Default 10,000. */
  readonly graceMs?: number
}
