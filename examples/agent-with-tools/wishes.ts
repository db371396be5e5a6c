/** What customers want, and the tools that it takes. */
export const wishes = [
  {
    id: 'where',
    wish: 'Where is my order 1002?',
    expected: [{ name: 'find_order', arguments: { order: '1002' } }],
  },
  {
    id: 'refund',
    wish: 'My desk lamp is broken. Please refund order 1001.',
    expected: [
      { name: 'find_order', arguments: { order: '1001' } },
      { name: 'refund', arguments: { order: '1001', euros: 40 } },
    ],
  },
  {
    id: 'too-early',
    wish: 'Refund order 1002, I do not want it.',
    expected: [{ name: 'find_order', arguments: { order: '1002' } }],
  },
  { id: 'no-number', wish: 'Where is my order? I lost the number.', expected: [] },
  {
    id: 'long-thoughts',
    wish: 'Is my order 1001 a good one?',
    expected: [{ name: 'find_order', arguments: { order: '1001' } }],
  },
]
