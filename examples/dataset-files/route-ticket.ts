/** The application: which team gets a customer's message. Words decide, the first team that knows one. */
export function routeTicket(text: string): string {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g))
  for (const [team, known] of Object.entries(teams)) {
    if (known.some((word) => words.has(word))) return team
  }
  return 'support'
}

const teams: Readonly<Record<string, readonly string[]>> = {
  billing: ['invoice', 'refund', 'charged', 'card', 'price'],
  delivery: ['parcel', 'driver', 'late', 'address'],
}
