export { BuildFailedError, buildInChild, type Built, type ChildOptions } from './build-in-child';
export { buildRows, type BuildProgress, type BuildTarget } from './build-rows';
export type { BuildSource, BuildSourceModule, BuildSourceRef } from './build-source';
