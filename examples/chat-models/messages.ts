/** What customers wrote, and the mood they were in. */
export const messages = [
  { text: 'I love the lamp, it looks beautiful on my desk.', expected: 'positive' },
  { text: 'The box was broken and the cup inside, too.', expected: 'negative' },
  { text: 'Great service, thank you!', expected: 'positive' },
  { text: 'Your driver was rude to my neighbour.', expected: 'negative' },
  { text: 'The soup was cold when it came.', expected: 'negative' },
  { text: 'Everyone at the party liked the cake, it was delicious.', expected: 'positive' },
  { text: 'You sent me the wrong size again.', expected: 'negative' },
  { text: 'The app is slow and I hate the new menu.', expected: 'negative' },
  { text: 'What a lovely card you put in the parcel.', expected: 'positive' },
  { text: 'The chair is perfect, my back is happy.', expected: 'positive' },
  { text: 'It was not cheap and it is useless.', expected: 'negative' },
  { text: 'I am so glad that I found your shop.', expected: 'positive' },
]
