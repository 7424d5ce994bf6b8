export * from './builders';
export * from './complaint';
export * from './recorded';
export * from './scenario';
export * from './ticket';
export * from './work-order';
export { generateHistory } from './history/generate';
