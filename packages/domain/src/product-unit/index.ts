export { productUnitCommands, type ProductUnitCommand } from './commands';
export type { ProductUnitFacts } from './facts';
export { productUnitDecider, productUnitRegistration } from './registration';
export type { ProductUnit } from './state';
