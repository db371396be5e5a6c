import { defineDataset } from '@evals/core/datasets'

/** Countries and their capitals, under a name that the experiment's document will tell. */
export const capitals = defineDataset({
  name: 'capitals',
  columns: ['country', 'expected'],
  description: 'Twelve countries',
  load: () =>
    Object.entries({
      Argentina: 'Buenos Aires',
      Australia: 'Canberra',
      Canada: 'Ottawa',
      Chile: 'Santiago',
      Egypt: 'Cairo',
      Finland: 'Helsinki',
      Ghana: 'Accra',
      India: 'New Delhi',
      Kenya: 'Nairobi',
      Nepal: 'Kathmandu',
      Poland: 'Warsaw',
      Vietnam: 'Hanoi',
    }).map(([country, expected]) => ({ country, expected })),
})
