export { historyOf } from './history';
export { definitions, record, streamOf, type Told } from './log-writer';
