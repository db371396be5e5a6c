import type { ToolCall, ToolDefinition } from '@evals/providers'

const order = { type: 'string', description: 'Number of the order, such as 1001' }

/** What the agent may do. */
export const shopTools: readonly ToolDefinition[] = [
  { name: 'find_order', parameters: { type: 'object', properties: { order }, required: ['order'] } },
  {
    name: 'refund',
    parameters: {
      type: 'object',
      properties: { order, euros: { type: 'number' } },
      required: ['order', 'euros'],
    },
  },
]

const orders: Readonly<Record<string, object>> = {
  '1001': { item: 'desk lamp', euros: 40, state: 'delivered' },
  '1002': { item: 'lantern', euros: 25, state: 'on its way' },
}

/** What a tool answers. */
export function useTool({ name, arguments: given }: Pick<ToolCall, 'name' | 'arguments'>): unknown {
  const { order: number = '' } = given as { order?: string }
  const found = orders[number]
  if (found === undefined) return { error: `there is no order ${number}` }
  return name === 'refund' ? { refunded: number } : found
}
