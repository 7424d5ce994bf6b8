export { numberSeriesCommands, type NumberSeriesCommand } from './commands';
export { formatNumber, NUMBER_KINDS, numberPrefixes, type NumberKind } from './number-format';
export { numberSeriesDecider, numberSeriesRegistration } from './registration';
