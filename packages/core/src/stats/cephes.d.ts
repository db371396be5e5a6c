// The package ships declarations, but its `exports` hide them from `moduleResolution: nodenext`.
declare module 'cephes' {
  const cephes: {
    readonly compiled: Promise<void>
    /** Inverse of the standard normal distribution function. */
    ndtri(probability: number): number
    /** The standard normal distribution function Φ(z). */
    ndtr(z: number): number
    /** Regularised incomplete beta function I_x(a, b). */
    incbet(a: number, b: number, x: number): number
    /** ln |Γ(x)| */
    lgam(x: number): number
  }
  export default cephes
}
