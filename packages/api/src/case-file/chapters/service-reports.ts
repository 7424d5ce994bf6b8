import { nothing, type Block } from '../blocks';
import { dataOf, eventsOf, type CaseFileContents, type FiledEvent } from '../contents';
import { ERASED, isOfStaff, NOT_OPENED } from '../filed-event';
import type { LocalTime } from '../../audit/local-time';
import { wordOf } from '../words';

interface Report {
  readonly faultCode: string;
  readonly cause: string;
  readonly remedy: string;
  readonly parts: readonly { readonly partNo: string; readonly quantity: number; readonly unit: string }[];
  readonly rating: string;
  readonly acceptance: string;
  readonly signatureDigest?: string;
  readonly refusalReason?: string;
}

/** The signed service reports 服务报告单, with the signature where it may be seen. */
export const serviceReports = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const filed = eventsOf(contents, 'work_order.ServiceReportFiled');
  const names = new Map(contents.streams.map(({ stream, name }) => [stream, name]));
  return [
    { kind: 'chapter', text: '六、服务报告单' },
    ...(filed.length === 0 ? [nothing('没有服务报告单。')] : []),
    ...filed.flatMap((one) => reportBlocks(one, { name: names.get(one.event.stream) ?? '', contents, time })),
  ];
};

const reportBlocks = (
  filed: FiledEvent,
  { name, contents, time }: { readonly name: string; readonly contents: CaseFileContents; readonly time: LocalTime },
): readonly Block[] => {
  const report = dataOf<Report>(filed);
  const parts = report.parts.map(({ partNo, quantity, unit }) => `${partNo} × ${quantity} ${wordOf('unit', unit)}`);
  return [
    { kind: 'section', text: `${name},${time.of(filed.event.metadata.occurredAt)} 填写` },
    {
      kind: 'facts',
      rows: [
        ['故障代码', report.faultCode],
        ['原因', report.cause],
        ['处理', report.remedy],
        ['更换配件', parts.join(';') || '无'],
        ['客户评价', wordOf('rating', report.rating)],
        [
          '验收',
          `${wordOf('acceptance', report.acceptance)}${report.refusalReason === undefined ? '' : `(${report.refusalReason})`}`,
        ],
        ...filed.personal.map(([label, text]) => [label, text] as const),
        ...filed.notes.map((text) => ['个人信息', text] as const),
        ...(report.signatureDigest === undefined ? [] : [['签名摘要', report.signatureDigest] as const]),
      ],
    },
    ...(report.acceptance === 'signed' ? [signatureOf(filed, contents)] : []),
  ];
};

const signatureOf = ({ event }: FiledEvent, { disclosure }: CaseFileContents): Block => {
  const parts = event.personal.filter((part) => !isOfStaff(part));
  const signature = parts.map((part) => ('fields' in part ? part.fields['signature'] : undefined)).find(Boolean);
  const content = (): Buffer | string => {
    if (parts.some((part) => 'erased' in part)) return ERASED;
    if (disclosure === 'sealed') return NOT_OPENED;
    if (typeof signature !== 'string') return '没有图像';
    return disclosure === 'open' ? Buffer.from(signature, 'base64') : '已脱敏,不附图像';
  };
  return { kind: 'picture', caption: '客户签名', maxHeight: 110, content: () => Promise.resolve(content()) };
};
