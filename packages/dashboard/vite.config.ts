import { defineConfig } from 'vite'

// One script and one style sheet with fixed names: `evals view` serves them, `evals report` puts them into its file.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    // The build of the types has put its files there.
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: 'dashboard.js',
        assetFileNames: 'dashboard.[ext]',
      },
    },
  },
})
