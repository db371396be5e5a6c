/** The experiments that are begun anew again and again: that of watch mode, and that of the pilots of estimates. */
export const scratchExperiments = { watch: 'watch', estimate: 'estimate' } as const
