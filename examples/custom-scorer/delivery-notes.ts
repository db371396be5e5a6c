/** A parcel, and what its customer must be told. */
export interface Parcel {
  readonly id: string
  readonly state: 'sent' | 'late' | 'returned' | 'lost'
  readonly day: string
  readonly refund?: string
}

/** The application: what a customer reads about a parcel. */
export function deliveryNote({ state, day, refund }: Parcel): string {
  switch (state) {
    case 'sent':
      return `Your parcel is on its way and will be with you on ${day}.`
    case 'late':
      return `Your parcel is late. It will come on ${day}, and we are sorry.`
    case 'returned':
      return `We have your parcel back. You will get ${refund} by ${day}.`
    case 'lost':
      return `Despite thorough investigations the parcel remains missing; reimbursement of ${refund} follows.`
  }
}

/** Four parcels, each with the facts that its note must have. */
export const parcels: readonly (Parcel & { readonly expected: Readonly<Record<string, string>> })[] = [
  { id: 'sent', state: 'sent', day: 'Monday', expected: { day: 'Monday' } },
  { id: 'late', state: 'late', day: 'Friday', expected: { day: 'Friday' } },
  { id: 'returned', state: 'returned', day: 'Tuesday', refund: '€20', expected: { day: 'Tuesday', refund: '€20' } },
  { id: 'lost', state: 'lost', day: 'Sunday', refund: '€45', expected: { day: 'Sunday', refund: '€45' } },
]
