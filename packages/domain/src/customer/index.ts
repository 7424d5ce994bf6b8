export { customerCommands, type CustomerCommand } from './commands';
export { customerDecider, customerRegistration } from './registration';
export type { Customer } from './state';
