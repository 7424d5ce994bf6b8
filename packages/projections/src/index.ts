export * from './consumer/index';
