export * from './chance';
export * from './journal';
export * from './matters';
export * from './reading';
export * from './views-under-test';
