import type { ClosingPolicy, DispatchPolicy, PriorityPolicy, RoutePolicy, SilencePolicy } from '../bodies';

/** CLS-02..08, DEC-04. */
export const priorityV1: PriorityPolicy = {
  safety: 'P1',
  byImpact: [
    { impact: 'unusable', priority: 'P1' },
    { impact: 'degraded', priority: 'P2' },
    { impact: 'intact', priority: 'P3' },
    { impact: 'unknown', priority: 'P3' },
    { impact: 'none', priority: 'P4' },
  ],
  vipLift: 1,
  noImpactTypes: ['enquiry'],
};

/** Route v1 (domain model, "Answers to what was asked"). Unclassified and complaints: nobody, the supervisor's list. */
export const routeV1: RoutePolicy = {
  byServiceType: [
    { serviceType: 'on-site', route: 'visit' },
    { serviceType: 'carry-in', route: 'depot' },
    { serviceType: 'mail-in', route: 'depot' },
  ],
  byType: [
    { type: 'enquiry', route: 'first-touch' },
    { type: 'return-exchange', route: 'return-exchange' },
    { type: 'parts-missing', route: 'parts-shipment' },
    { type: 'installation', route: 'installation' },
    { type: 'software-bug', route: 'development' },
    { type: 'software-requirement', route: 'development' },
  ],
  repairDefault: 'visit',
};

/** DSP-04, DSP-06, SLA-03: 6 open jobs an engineer, 30 an outlet; accepted within 30 minutes, reminded after 20. */
export const dispatchV1: DispatchPolicy = {
  engineerCapacity: 6,
  outletCapacity: 30,
  acceptMinutes: 30,
  remindMinutes: 20,
  failuresUntilSupervisor: 2,
  calendar: 'reachable',
};

/** DEC-05: reminders at 24 h and 48 h, on the owner's call list at 48 h, accepted at 72 h. */
export const silenceV1: SilencePolicy = {
  standard: { remindAfterHours: [24, 48], callListAfterHours: 48, decideAfterHours: 72, action: 'accept' },
  byType: [],
  skipHolidays: true,
};

/** DEC-06, SLA-04, SLA-05, CLO-04; reopening within 7 days. */
export const closingV1: ClosingPolicy = {
  callWithinMinutes: 60,
  callCalendar: 'reachable',
  attempts: 3,
  attemptsApartMinutes: 15,
  attemptsAfterSilence: 1,
  afterClosingFromHours: 24,
  afterClosingToHours: 72,
  reopenDays: 7,
  rejectionsUntilExpert: 2,
  scaleVersion: 1,
};
