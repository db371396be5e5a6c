declare module 'sentiment' {
  export default class Sentiment {
    analyze(text: string): { readonly score: number; readonly comparative: number }
  }
}
