export { functionModel, type FunctionModelOptions } from './function-model.ts'
