export { customerCommands, type CustomerCommand } from './commands';
export { customerDecider, customerRegistration } from './registration';
export { caseEndIn, findingsIn, warrantyEndIn, type FoldedMatter } from './erasure/findings';
export type { CustomerFacts, ErasureFindings } from './erasure/facts';
export type { Customer } from './state';
