export * from './events';
export { accessLogRegistration } from './registration';
