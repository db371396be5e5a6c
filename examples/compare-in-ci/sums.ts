/** 150 sums with their right answers. */
export const sums = Array.from({ length: 150 }, (_, index) => {
  const [a, b] = [(index * 7) % 90, (index * 13) % 80]
  return { question: `What is ${a} + ${b}?`, expected: a + b }
})
