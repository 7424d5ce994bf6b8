export { onCallRosterCommands, type OnCallRosterCommand } from './commands';
export { onCallRosterEvents, type OnCallRosterEvent } from './events';
export { onCallRosterDecider, onCallRosterRegistration } from './registration';
export { shiftAt, stretchesOf, type OnCallRoster, type Shift, type Stretch } from './state';
