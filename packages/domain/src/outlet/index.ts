export { outletCommands, type OutletCommand } from './commands';
export { outletDecider, outletRegistration } from './registration';
export type { Outlet } from './state';
