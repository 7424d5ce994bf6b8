export { engineerCommands, type EngineerCommand } from './commands';
export { engineerDecider, engineerRegistration } from './registration';
export type { Engineer } from './state';
