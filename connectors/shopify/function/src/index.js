export { cartValidationsGenerateRun } from './run.js'
