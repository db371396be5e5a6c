// What `vitest-plugin-evals` puts on the server of Vitest's UI; no interface for others.
export { createRequestHandler, type RequestHandler } from './view/request-handler.ts'
