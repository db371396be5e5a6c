import type { BaselineOptions, ResumeMode, SampleRecord } from '@evals/core'

/** Where experiments are kept unless an option says otherwise. */
export const defaultStorage = 'json://.evals'

/** The options that a run, a project and (most of them) an eval can set; durations in ms. */
export interface RunOptions {
  /** Experiment to create or extend; `last` is the newest. Default: a new name per run. */
  experiment?: string
  /** Where experiments are kept. Default `json://.evals`, relative to the root. */
  storage?: string
  /**
   * What becomes of what the experiment has already: `auto` skips what is scored and does errors again, `missing` leaves
   * errors, `never` wants a new name, `restart` begins anew, `force` goes on although task or model changed. Default `auto`.
   */
  resume?: ResumeMode
  /** At most this many samples of each eval. Default: all. */
  limit?: number
  /** Takes the samples in an order made from `seed`. Default false. */
  shuffle?: boolean
  /** Seed of `shuffle`. Default 0. */
  seed?: number
  /** `i/n`: runs only every n-th sample of each eval; n processes with i from 1 to n run all of them. */
  shard?: string
  /** Only samples whose id matches one of these globs. */
  ids?: readonly string[]
  /** Only samples with one of these tags; `!tag` excludes. */
  tags?: readonly string[]
  /** How often each sample runs; beats every eval's own. Default: the eval's own, or 1. */
  epochs?: number
  /** Samples in progress per worker. Default 100. */
  concurrency?: number
  /** Share of samples that may end in an error or a timeout and show as skipped. Default 0. */
  maxErrorRate?: number
  /** Time of one task, and of each scorer, in ms; 0: no limit. Off under a debugger. Default 300,000. */
  sampleTimeout?: number
  /** Most ms a sample may wait for its turn in all, besides its own time; 0: no limit. Default 1,800,000. */
  maxWait?: number
  /** Most model calls in flight for each model of each account. Default 1,000. */
  maxConnections?: number
  /** Answers of models: `on` reads and writes, `refresh` overwrites, `replay` only reads. Default `off`. */
  cache?: 'off' | 'on' | 'refresh' | 'replay'
  /** Whose calls' questions and answers records keep: all, those of samples that did not pass, or none. Default `errors`. */
  traces?: 'off' | 'errors' | 'all'
  /** Stops starting paid calls when the run would cost more than this, in US dollars. Default: no limit. */
  budgetUsd?: number
  /**
   * Experiment to compare each eval with at its end: a name, a glob (the newest completed one), or an object that also says
   * how it is judged. Default: none.
   */
  baseline?: string | BaselineOptions
  /** Runs only this many samples of each eval, tells what the whole run would take, and stops. Default: no estimate. */
  estimate?: number
  /** Other models for roles: `judge=anthropic:claude-sonnet-5,default=openai:gpt-5-mini`. */
  models?: Readonly<Record<string, string>>
}

/** The options of `evals()` and `evalsProject()`. */
export interface EvalsOptions extends RunOptions {
  /**
   * Changes a record before it is written anywhere, but not what the cache keeps. It runs in the workers and is sent to them
   * as source: it can use nothing from outside its own body.
   */
  redact?: (record: SampleRecord) => SampleRecord
}
