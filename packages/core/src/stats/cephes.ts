import { createRequire } from 'node:module'

/** What is used of Cephes, whose declarations are hidden from `moduleResolution: nodenext` by its `exports`. */
interface Cephes {
  /** Inverse of the standard normal distribution function. */
  ndtri(probability: number): number
  /** The standard normal distribution function Φ(z). */
  ndtr(z: number): number
  /** Regularised incomplete beta function I_x(a, b). */
  incbet(a: number, b: number, x: number): number
  /** ln |Γ(x)| */
  lgam(x: number): number
}

const require = createRequire(import.meta.url)
let loaded: Cephes | undefined

/** The WebAssembly build of Cephes, compiled when it is first used: most workers never need it. */
export function cephes(): Cephes {
  // Its ES module compiles in a promise, and takes three times as long.
  loaded ??= require('cephes') as Cephes
  return loaded
}
