export * from './builders';
export * from './complaint';
export * from './on-call';
export * from './recorded';
export * from './scenario';
export * from './ticket';
export * from './work-order';
export { generateHistory } from './history/generate';
