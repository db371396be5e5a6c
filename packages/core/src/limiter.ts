export { AdaptiveLimiter, type AdaptiveLimiterOptions } from './limiter/adaptive-limiter.ts'
export { BudgetLimiter, type BudgetLimiterOptions } from './limiter/budget-limiter.ts'
export { RefusedKeys } from './limiter/refused-keys.ts'
