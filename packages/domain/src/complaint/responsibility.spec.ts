import {
  COMPLAINT,
  complaintCommand as command,
  complaintEvent as complaint,
  complaintPast as past,
  complaintPeople as people,
  ENGINEER,
  givenComplaint,
  oneShare,
  recordedAt,
  because,
} from '../../testing/index';
import type { Actor, DomainEvent } from '../kernel/index';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const by = (actor: Actor, told: DomainEvent) => ({ told, by: actor });
const proposed = () => [...past.verified(), by(people.crm, complaint.responsibilityProposed())];
const confirmed = () => [...proposed(), by(people.quality, complaint.responsibilityConfirmed())];
const notified = () => [...confirmed(), complaint.notified()];
const appealed = () => [...notified(), complaint.appealed()];
const company = (percent: number, id: string) =>
  ({
    party: 'company',
    percent,
    role: 'engineer',
    kind: 'person',
    meant: { kind: 'engineer', id },
  }) as const;

describe('CMP-07 responsibility is proposed', () => {
  it('by shares; who is meant lies under a key of their own, data says role and party only', () =>
    givenComplaint(...past.verified())
      .when(command.ProposeResponsibility())
      .then(
        complaint.responsibilityProposed(
          { proposalId: ID },
          {
            personal: [
              { subject: COMPLAINT, fields: { grounds: '两次未按约上门,无正当理由' } },
              { subject: `engineer-${ENGINEER}`, fields: { shareId: 's1', meant: ENGINEER } },
            ],
          },
        ),
      ));

  it('three-way, in any state, closed included', () => {
    const shares = [
      company(60, ENGINEER),
      {
        party: 'third-party',
        percent: 40,
        kind: 'organisation',
        meant: { kind: 'supplier', id: 'x1', name: '某物流' },
      },
      { party: 'customer', percent: 0, kind: 'person' },
    ] as const;
    const { decided } = givenComplaint(
      ...past.told(),
      complaint.responsibilityRejected(),
      complaint.verdict(),
      complaint.closed(),
    ).when(command.ProposeResponsibility({ shares: [...shares] }));
    expect(decided).toMatchObject([
      {
        data: {
          shares: [
            { shareId: 's1', party: 'company', percent: 60, named: true },
            { shareId: 's2', party: 'third-party', percent: 40, named: true },
            { shareId: 's3', party: 'customer', percent: 0, named: false },
          ],
        },
        personal: [
          { subject: COMPLAINT },
          { subject: `engineer-${ENGINEER}` },
          { subject: 'supplier-x1', fields: { shareId: 's2', meant: '某物流' } },
        ],
      },
    ]);
  });

  it('or that it can’t be found out', () =>
    givenComplaint(...past.verified())
      .when(command.ProposeResponsibility({ result: 'undetermined', shares: [], grounds: '双方说法不一' }))
      .then(
        complaint.responsibilityProposed(
          { proposalId: ID, result: 'undetermined', shares: [] },
          { personal: [{ subject: COMPLAINT, fields: { grounds: '双方说法不一' } }] },
        ),
      ));

  it('refuses shares that don’t add up, stand twice, or come with "undetermined"; unknown evidence', () => {
    const propose = (data: object) => givenComplaint(...past.verified()).when(command.ProposeResponsibility(data));
    propose({ shares: [company(60, ENGINEER)] }).thenRefused('COMPLAINT.SHARES_NOT_WHOLE');
    propose({ shares: [company(60, ENGINEER), company(40, ENGINEER)] }).thenRefused('COMPLAINT.SHARE_TWICE');
    propose({ result: 'undetermined' }).thenRefused('COMPLAINT.UNDETERMINED_HAS_NO_SHARES');
    propose({ evidence: ['photo-9'] }).thenRefused('COMPLAINT.EVIDENCE_UNKNOWN');
  });

  it('is proposed once at a time; after a rejection again', () => {
    for (const taken of [proposed(), confirmed()])
      givenComplaint(...taken)
        .when(command.ProposeResponsibility())
        .thenRefused('COMPLAINT.RESPONSIBILITY_DECIDED');
    for (const free of [complaint.responsibilityRejected(), complaint.undetermined()])
      givenComplaint(...proposed(), free)
        .when(command.ProposeResponsibility())
        .thenTypes('complaint.ResponsibilityProposed');
  });

  it('a handler who is held responsible handles it no longer', () =>
    givenComplaint(...past.verified())
      .by(people.quality)
      .when(
        command.ProposeResponsibility({
          shares: [{ party: 'company', percent: 100, kind: 'person', meant: { kind: 'staff', id: 'crm-1' } }],
        }),
      )
      .thenTypes('complaint.ResponsibilityProposed', 'complaint.HandlerReleased'));
});

describe('four eyes', () => {
  const confirm = command.ConfirmResponsibility({ proposalId: 'proposal-1' });
  const reject = command.RejectResponsibility({ proposalId: 'proposal-1', reason: '证据不足' });

  it('another one confirms or rejects, never the proposer', () => {
    givenComplaint(...proposed())
      .by(people.quality)
      .when(confirm)
      .then(complaint.responsibilityConfirmed());
    givenComplaint(...proposed())
      .by(people.quality)
      .when(reject)
      .then(complaint.responsibilityRejected({}, because(COMPLAINT, '证据不足')));
    const own = [...past.verified(), by(people.quality, complaint.responsibilityProposed())];
    for (const one of [confirm, reject])
      givenComplaint(...own)
        .by(people.quality)
        .when(one)
        .thenRefused('COMPLAINT.FOUR_EYES');
  });

  it('confirms that it is undetermined', () =>
    givenComplaint(...past.verified(), complaint.responsibilityProposed({ result: 'undetermined', shares: [] }))
      .by(people.quality)
      .when(confirm)
      .then(complaint.undetermined()));

  it('refuses a proposal that is not the present one, or none', () => {
    givenComplaint(...proposed())
      .by(people.quality)
      .when(command.ConfirmResponsibility({ proposalId: 'old' }))
      .thenRefused('COMPLAINT.PROPOSAL_UNKNOWN');
    givenComplaint(...past.verified())
      .by(people.quality)
      .when(reject)
      .thenRefused('COMPLAINT.NOTHING_PROPOSED');
  });
});

describe('DEC-09 whoever is told has five working days for an appeal', () => {
  it('counted on the office calendar: from a holiday on, over a make-up day and a weekend', () =>
    // Told on Thursday 1 October, in the national holiday: the office works on the 8th, 9th, 10th, 12th and 13th.
    givenComplaint(...confirmed())
      .at('2026-10-01T09:00:00.000Z')
      .when({ type: 'complaint.NotifyResponsibility', data: { shareId: 's1', channel: 'email' } })
      .then(complaint.notified({ appealBy: '2026-10-13T10:00:00.000Z' })));

  it('once per share, and only of what is confirmed', () => {
    const notify = command.NotifyResponsibility();
    givenComplaint(...notified())
      .when(notify)
      .thenNothing();
    givenComplaint(...confirmed())
      .when(command.NotifyResponsibility({ shareId: 's9' }))
      .thenRefused('COMPLAINT.SHARE_UNKNOWN');
    givenComplaint(...proposed())
      .when(notify)
      .thenRefused('COMPLAINT.RESPONSIBILITY_NOT_CONFIRMED');
  });

  it('is appealed in time, closed or not; the grounds lie under the case’s key', () => {
    const appeal = command.AppealResponsibility();
    givenComplaint(...past.closed(), complaint.notified())
      .by(people.engineer)
      .when(appeal)
      .then(
        complaint.appealed(
          { appealId: ID },
          { personal: [{ subject: COMPLAINT, fields: { grounds: '当天系统未派单' } }] },
        ),
      );
    givenComplaint(...notified())
      .at('2026-10-14T09:30:00.001Z')
      .when(appeal)
      .thenRefused('COMPLAINT.APPEAL_LATE');
    givenComplaint(...notified())
      .at('2026-10-15T02:00:00.000Z')
      .when(command.AppealResponsibility({ occurredAt: '2026-10-14T16:00:00+08:00' }))
      .thenTypes('complaint.ResponsibilityAppealed');
    givenComplaint(...confirmed())
      .when(appeal)
      .thenRefused('COMPLAINT.SHARE_NOT_NOTIFIED');
    givenComplaint(...appealed())
      .when(appeal)
      .thenRefused('COMPLAINT.APPEALED_BEFORE');
    givenComplaint(...appealed(), complaint.appealDecided())
      .when(appeal)
      .thenRefused('COMPLAINT.RESPONSIBILITY_NOT_CONFIRMED');
  });

  it('an engineer appeals only what an engineer is held responsible for', () => {
    const shares = [{ ...oneShare(), role: 'supervisor' as const }];
    givenComplaint(...proposed(), complaint.responsibilityConfirmed({ shares }), complaint.notified())
      .by(people.engineer)
      .when(command.AppealResponsibility())
      .thenRefused('COMPLAINT.APPEAL_NOT_OWN');
  });
});

describe('DEC-09 an appeal is decided by neither proposer nor confirmer', () => {
  const decide = command.DecideAppeal({ appealId: 'appeal-1', grounds: '记录与申诉不符' });
  const grounds = { personal: [{ subject: COMPLAINT, fields: { grounds: '记录与申诉不符' } }] };

  it('upheld: the finding stands and is final', () => {
    givenComplaint(...appealed())
      .by(people.hr)
      .when(decide)
      .then(complaint.appealDecided({}, grounds));
    const byManager = [...past.verified(), by(people.manager, complaint.responsibilityProposed())];
    for (const [story, who] of [
      [byManager, people.manager],
      [proposed(), people.quality],
    ] as const)
      givenComplaint(
        ...story,
        by(people.quality, complaint.responsibilityConfirmed()),
        complaint.notified(),
        complaint.appealed(),
      )
        .by(who)
        .when(decide)
        .thenRefused('COMPLAINT.APPEAL_FOUR_EYES');
    givenComplaint(...notified())
      .by(people.hr)
      .when(decide)
      .thenRefused('COMPLAINT.APPEAL_UNKNOWN');
    givenComplaint(...appealed())
      .by(people.hr)
      .when({ type: decide.type, data: { ...decide.data, shares: [company(100, ENGINEER)] } })
      .thenRefused('COMPLAINT.UPHELD_HAS_NO_SHARES');
  });

  it('changed: whoever bears more now is told, and may appeal, before it is final', () => {
    const changed = command.DecideAppeal({
      appealId: 'appeal-1',
      decision: 'changed',
      shares: [{ ...company(20, ENGINEER), meant: undefined as never, shareId: 's1' }, company(80, 'e-2')].map(
        (share) => JSON.parse(JSON.stringify(share)) as never,
      ),
    });
    const { decided } = givenComplaint(...appealed())
      .by(people.hr)
      .when(changed);
    expect(decided).toMatchObject([
      {
        data: {
          decision: 'changed',
          final: false,
          shares: [
            { shareId: 's1', percent: 20, named: true },
            { shareId: 's3', percent: 80, named: true },
          ],
        },
        personal: [{ subject: COMPLAINT }, { subject: 'engineer-e-2', fields: { shareId: 's3' } }],
      },
    ]);
    const after = complaint.appealDecided({
      decision: 'changed',
      final: false,
      shares: [oneShare(20), oneShare(80, 's3')],
    });
    givenComplaint(...appealed(), after)
      .when(command.NotifyResponsibility({ shareId: 's3' }))
      .thenTypes('complaint.ResponsibilityNotified');
    givenComplaint(...appealed(), after)
      .by(people.system)
      .at('2027-01-01T00:00:00.000Z')
      .when(command.FinaliseResponsibility({ proposalId: 'proposal-1' }))
      .thenNothing();
    givenComplaint(...appealed(), after, complaint.notified({ shareId: 's3' }))
      .by(people.system)
      .at('2027-01-01T00:00:00.000Z')
      .when(command.FinaliseResponsibility({ proposalId: 'proposal-1' }))
      .then(complaint.becameFinal({ shares: [oneShare(20), oneShare(80, 's3')] }));
    givenComplaint(...appealed())
      .by(people.hr)
      .when(command.DecideAppeal({ appealId: 'appeal-1', decision: 'changed' }))
      .thenRefused('COMPLAINT.SHARES_NOT_WHOLE');
  });

  it('is not final while another appeal is open', () => {
    const two = [oneShare(50), oneShare(50, 's2')];
    const story = [
      ...proposed(),
      complaint.responsibilityConfirmed({ shares: two }),
      complaint.notified(),
      complaint.notified({ shareId: 's2' }),
      complaint.appealed(),
      complaint.appealed({ appealId: 'appeal-2', shareId: 's2' }),
    ];
    givenComplaint(...story)
      .by(people.hr)
      .when(decide)
      .then(complaint.appealDecided({ final: false }, grounds));
    givenComplaint(...story, complaint.appealDecided({ final: false }))
      .by(people.hr)
      .when(command.DecideAppeal({ appealId: 'appeal-2' }))
      .thenTypes('complaint.AppealDecided');
  });
});

describe('it becomes final when every period has passed without an appeal', () => {
  const finalise = command.FinaliseResponsibility({ proposalId: 'proposal-1' });
  const late = '2026-10-14T10:00:00.000Z';

  it('not before, not while an appeal is open, not when it is another proposal’s', () => {
    const asSystem = (...story: Parameters<typeof givenComplaint>) => givenComplaint(...story).by(people.system);
    asSystem(...notified())
      .at(late)
      .when(finalise)
      .then(complaint.becameFinal());
    asSystem(...notified())
      .at('2026-10-14T09:00:00.000Z')
      .when(finalise)
      .thenNothing();
    asSystem(...confirmed())
      .at(late)
      .when(finalise)
      .thenNothing();
    asSystem(...appealed())
      .at(late)
      .when(finalise)
      .thenNothing();
    asSystem(...notified())
      .at(late)
      .when(command.FinaliseResponsibility({ proposalId: 'old' }))
      .thenNothing();
    asSystem(recordedAt('2026-10-01T08:00:00.000Z', complaint.registered())).at(late).when(finalise).thenNothing();
  });
});
