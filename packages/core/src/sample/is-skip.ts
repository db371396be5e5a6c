/** Whether a task ended by `context.skip()` of Vitest, as what that throws tells: the sample neither answered nor failed. */
export function isSkip(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'VITEST_PENDING'
}
