export { customerCommands, type CustomerCommand } from './commands';
export { customerDecider, customerRegistration } from './registration';
export type { CustomerFacts, ErasureFindings } from './erasure/facts';
export type { Customer } from './state';
