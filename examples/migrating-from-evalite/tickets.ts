/** What customers wrote, and the titles that people gave it. */
export const tickets = [
  { input: 'Hello. My lamp arrived broken. Bye.', expected: 'Lamp arrived broken' },
  { input: 'Wrong bulb! I ordered a small one, and you sent me a large one.', expected: 'Wrong bulb' },
  { input: 'Where is my parcel? It is due since Monday.', expected: 'Where is my parcel' },
  { input: 'Hi there. I want to return two lanterns.', expected: 'Return two lanterns' },
]
