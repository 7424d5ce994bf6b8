import { millisOf } from '@aftercare/domain';
import type { Block } from './blocks';
import { attachments, type AttachmentReader } from './chapters/attachments';
import { controlPoints } from './chapters/control-points';
import { cover } from './chapters/cover';
import { plans } from './chapters/plans';
import { responsibility } from './chapters/responsibility';
import { serviceReports } from './chapters/service-reports';
import { timeline } from './chapters/timeline';
import { toldCustomer } from './chapters/told-customer';
import type { CaseFileContents } from './contents';
import { LocalTime } from '../audit/local-time';
import { onPaper } from './paper';

/** The chapters in the order in which they are read. */
export const caseFileBlocks = (contents: CaseFileContents, files?: AttachmentReader): readonly Block[] => {
  const time = new LocalTime(contents.zone);
  return [
    ...cover(contents, time),
    ...timeline(contents, time),
    ...toldCustomer(contents, time),
    ...responsibility(contents, time),
    ...plans(contents, time),
    ...controlPoints(contents, time),
    ...serviceReports(contents, time),
    ...attachments(contents, time, files),
  ];
};

/** The file of a case as PDF, self-contained: typefaces and pictures lie in it. Record it first: it may be personal. */
export const caseFilePdf = (contents: CaseFileContents, files?: AttachmentReader): Promise<NodeJS.ReadableStream> =>
  onPaper(caseFileBlocks(contents, files), {
    title: `案件卷宗 ${contents.title}`,
    foot: `案件卷宗 ${contents.title}`,
    madeAt: new Date(millisOf(contents.madeAt)),
  });
