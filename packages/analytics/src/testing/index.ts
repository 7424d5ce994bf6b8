export { historyOf } from './history';
export { definitions, record, streamOf, type Told } from './log-writer';
export { appendTo, decodePlain, MemoryRows, storeWith } from './stores';
export { ClickHouseFront } from './clickhouse-front/front';
export type { Fault, FaultKind, Seen } from './clickhouse-front/wire';
export { clickHouses, givenServer, type ClickHouseKind, type EmptyClickHouse } from './clickhouses';
