import type { PersonalPart, RecordedEvent } from '@aftercare/domain';
import { EntryWriter } from '../audit/history-entry';
import { platformRegistry } from '../composition/platform';
import { changesShown, shownToReader } from './staff-withheld';

const ENGINEER = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0003';
const COMPLAINT = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';

const happened = (type: string, data: object, personal: readonly PersonalPart[] = [], actor: object = {}) =>
  ({
    stream: COMPLAINT,
    revision: 3,
    eventId: 'e',
    type,
    data,
    personal,
    metadata: {
      actor: { id: 'crm-1', role: 'crm', ...actor },
      occurredAt: '2026-10-13T02:00:00.000Z',
      recordedAt: '2026-10-13T02:00:00.000Z',
      causationId: 'request',
    },
  }) as unknown as RecordedEvent;

const shares = [
  { shareId: 's1', party: 'company', percent: 70, kind: 'person', role: 'engineer', named: true },
  { shareId: 's2', party: 'third-party', percent: 30, kind: 'organisation', named: true },
];
const proposed = happened('complaint.ResponsibilityProposed', { proposalId: 'p', result: 'attributed', shares }, [
  { subject: COMPLAINT, fields: { grounds: '录音属实' } },
  { subject: `engineer-${ENGINEER}`, fields: { shareId: 's1', meant: '李四' } },
  { subject: 'supplier-7', fields: { shareId: 's2', meant: '示例供应商' } },
]);
const entry = (event: RecordedEvent, reader: 'auditor' | 'agent') =>
  new EntryWriter(platformRegistry(), [event], reader, 'Asia/Shanghai').entry(event);

describe('DEC-09 who of the staff a complaint meets', () => {
  it('is told to the entitled circle share by share, one beside the other', () =>
    expect(entry(proposed, 'auditor')).toMatchObject({
      personal: {
        grounds: '录音属实',
        shares: [
          { shareId: 's1', meant: '李四' },
          { shareId: 's2', meant: '示例供应商' },
        ],
      },
    }));

  it('is told to others by role', () => {
    const shown = entry(proposed, 'agent');
    expect(shown).toMatchObject({ personal: { grounds: '录音属实' }, staffWithheld: true });
    expect(JSON.stringify(shown)).not.toMatch(/李四|供应商/);
  });

  it('is not told by who appeals or brings evidence', () => {
    const appeal = happened(
      'complaint.ResponsibilityAppealed',
      { appealId: 'a', shareId: 's1', party: 'company' },
      [],
      {
        id: ENGINEER,
        role: 'engineer',
      },
    );
    expect(entry(appeal, 'auditor').by).toMatchObject({ id: ENGINEER });
    expect(entry(appeal, 'agent').by).toEqual({ role: 'engineer', roleName: { zh: '服务工程师', en: 'engineer' } });
    const ofStaff = happened('complaint.ResponsibilityAppealed', { appealId: 'a', shareId: 's1', party: 'company' });
    expect(entry(ofStaff, 'agent').by).not.toHaveProperty('id');
    expect(entry(happened('complaint.PlanStarted', { round: 1 }), 'agent').by).toMatchObject({ id: 'crm-1' });
  });

  it('is not told by a state, by the ticket it is about, or by a difference', () => {
    const ticket = { status: 'in-progress', complaints: [{ complaintId: 'c', engineerIds: [ENGINEER], open: true }] };
    expect(shownToReader(ticket, 'agent')).toEqual({
      status: 'in-progress',
      complaints: [{ complaintId: 'c', open: true }],
    });
    expect(shownToReader({ complaintId: 'c', engineerId: ENGINEER, cycle: 1 }, 'engineer')).toEqual({
      complaintId: 'c',
      cycle: 1,
    });
    const judged = [{ kind: 'engineer', id: ENGINEER, excluded: ['off-duty', 'recused'] }];
    expect(shownToReader({ candidates: judged, overrides: ['recused'] }, 'agent')).toEqual({
      candidates: [{ kind: 'engineer', id: ENGINEER, excluded: ['off-duty'] }],
      overrides: [],
    });
    const complaint = { about: { staff: { role: 'engineer', id: ENGINEER } }, involved: ['crm-1', ENGINEER] };
    expect(shownToReader(complaint, 'agent')).toEqual({ about: { staff: { role: 'engineer' } } });
    expect(shownToReader(complaint, 'quality')).toBe(complaint);
    const fields = ['status', 'about.staff.id', 'involved[4]', 'complaints[0].engineerIds[0]'];
    const changes = fields.map((field) => ({ field }));
    expect(changesShown(changes, 'agent')).toEqual([{ field: 'status' }]);
    expect(changesShown(changes, 'hr')).toHaveLength(4);
  });
});
