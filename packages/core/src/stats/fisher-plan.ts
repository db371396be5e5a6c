/**
 * What Fisher's exact test sees and needs, from what the normal approximation says: the correction for continuity of
 * Casagrande, Pike and Smith (Biometrics 34, 1978), for sides of different sizes that of Fleiss, Tytun and Ury (Biometrics
 * 36, 1980). Without it a difference told for 20 samples a side is found 13 times in 20, not 16.
 */

/**
 * The difference that Fisher's test finds where the normal approximation finds `difference`: n′ = n·(1 − 1/(nδ))² solved
 * for δ, which is δ′ + 1/n, with the mean of 1/n over both sides.
 */
export function fisherDifference(difference: number, [first, second]: readonly [n: number, n: number]): number {
  return difference + (1 / first + 1 / second) / 2
}

/** The samples a side that Fisher's test needs where the normal approximation needs n′: n′/4 · (1 + √(1 + 4/(n′|δ|)))². */
export function fisherSampleSize(samples: number, difference: number): number {
  return Math.ceil((samples / 4) * (1 + Math.sqrt(1 + 4 / (samples * Math.abs(difference)))) ** 2)
}
