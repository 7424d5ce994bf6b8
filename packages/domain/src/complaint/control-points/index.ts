export { CONTROL_POINT_EVENTS, trackControlPoints, type ControlPointClock, type ControlPointTrack } from './track';
export { controlPointReadings, firstDue, type ControlPointReading, type ServiceLevelLookup } from './readings';
