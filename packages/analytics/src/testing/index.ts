export { historyOf } from './history';
export { definitions, record, streamOf, type Told } from './log-writer';
export { appendTo, decodePlain, MemoryRows, storeWith } from './stores';
