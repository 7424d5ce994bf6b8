import type { PersonalPart, RecordedEvent } from '@aftercare/domain';
import { platformRegistry } from '../composition/platform';
import type { Disclosure } from './contents';
import { filedEvent } from './filed-event';
import { LocalTime } from '../audit/local-time';

const registry = platformRegistry();
const time = new LocalTime('Asia/Shanghai');
const STREAM = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const CUSTOMER = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const ENGINEER = 'engineer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0003';

const told = (personal: readonly PersonalPart[], disclosure: Disclosure = 'masked') => {
  const event = {
    stream: STREAM,
    revision: 3,
    eventId: 'e',
    type: 'complaint.CommitmentGiven',
    data: { commitmentId: 'c', expectedBy: '2026-10-13T02:00:00.000Z', channel: 'phone', round: 1 },
    personal,
    metadata: { actor: { id: 'a', role: 'crm' } },
  } as unknown as RecordedEvent;
  return filedEvent(event, { registry, time, disclosure });
};

describe('an event in the file of a case', () => {
  it('tells instants by the clocks of the site', () => {
    expect(told([]).says).toBe('向客户承诺:电话,预计 2026-10-13 10:00:00');
  });

  it('prints 已删除 where a person was forgotten (DEC-15)', () => {
    const { personal, notes } = told([{ subject: CUSTOMER, erased: true }], 'open');
    expect([personal, notes]).toEqual([[], ['个人信息已删除']]);
  });

  it('says of what was never opened that it wasn’t', () => {
    const sealed = { subject: CUSTOMER, nonce: '', commitment: '', ciphertext: '' } as unknown as PersonalPart;
    expect(told([sealed], 'sealed').notes).toEqual(['含个人信息,未打开']);
  });

  it('masks personal fields, lists in them too, unless the file is open (SEC-01)', () => {
    const part: PersonalPart = {
      subject: CUSTOMER,
      fields: { contactName: '张三', text: '回电13800000000', steps: [{ planStepId: 'p1', what: '致电13800000000' }] },
    };
    expect(told([part]).personal).toEqual([
      ['联系人', '张*'],
      ['内容', '回电138****0000'],
      ['步骤', '致电138****0000'],
    ]);
    expect(told([part], 'open').personal.map(([, text]) => text)).toEqual([
      '张三',
      '回电13800000000',
      '致电13800000000',
    ]);
  });

  it('leaves out who of the staff is meant, whoever asks (DEC-09)', () => {
    const { personal, notes } = told(
      [
        { subject: ENGINEER, fields: { meant: ENGINEER, grounds: '两次爽约' } },
        { subject: CUSTOMER, fields: { personNamed: '李四', words: '没人来' } },
      ],
      'open',
    );
    expect(personal).toEqual([['原话', '没人来']]);
    expect(notes).toEqual(['涉及工作人员的信息以岗位代替']);
  });
});
