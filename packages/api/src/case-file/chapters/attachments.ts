import { DamagedFileError } from '../../attachments/sealed-chunks';
import { ErasedContentError, type AttachmentFiles } from '../../attachments/attachment-files';
import { nothing, type Block } from '../blocks';
import type { CaseFileContents, FiledAttachment } from '../contents';
import { ERASED } from '../filed-event';
import type { LocalTime } from '../../audit/local-time';
import { wordOf } from '../words';

/** Opens the content of an attachment; absent on the command line, where nothing can be opened. */
export type AttachmentReader = Pick<AttachmentFiles, 'read'>;

/** Everything that was attached with its digest, and the photographs themselves where they may be seen. */
export const attachments = (
  contents: CaseFileContents,
  time: LocalTime,
  files: AttachmentReader | undefined,
): readonly Block[] => {
  const all = contents.attachments;
  const pictures = files ? all.filter(({ embedded }) => embedded) : [];
  return [
    { kind: 'chapter', text: '七、照片与附件' },
    all.length === 0
      ? nothing('没有附件。')
      : {
          kind: 'table',
          columns: [
            { title: '附件', width: 18 },
            { title: '添加', width: 20 },
            { title: '内容摘要(SHA-256)', width: 62 },
          ],
          rows: all.map((one) => [
            [
              { text: `附件 ${numberIn(all, one)}:${wordOf('kind', one.kind)}` },
              { text: `${one.mediaType},${Math.ceil(one.bytes / 1024)} KB`, tone: 'soft' },
            ],
            [{ text: time.of(one.at) }, { text: one.role, tone: 'soft' }],
            [
              { text: one.digest, tone: 'soft' },
              { text: `${one.streamName}${one.embedded && files ? ',附后' : ',未附印,可凭摘要调取'}`, tone: 'soft' },
            ],
          ]),
        },
    ...(pictures.length === 0 ? [] : [{ kind: 'section', text: '照片' } as const]),
    ...pictures.map((one): Block => ({
      kind: 'picture',
      caption: `附件 ${numberIn(all, one)}:${wordOf('kind', one.kind)},${one.streamName},${time.of(one.at)}`,
      maxHeight: 330,
      content: () => contentOf(files!, one),
    })),
  ];
};

const numberIn = (all: readonly FiledAttachment[], one: FiledAttachment): number => all.indexOf(one) + 1;

/** What can't be read is said in its place: the rest of the file is as true without it. */
const contentOf = async (files: AttachmentReader, one: FiledAttachment): Promise<Buffer | string> => {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of files.read(one, one.subject)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof ErasedContentError) return ERASED;
    if (error instanceof DamagedFileError) return '内容无法读取';
    throw error;
  }
};
