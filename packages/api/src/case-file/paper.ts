import { readFile } from 'node:fs/promises';
import PDFDocument from 'pdfkit';
import type { Block } from './blocks';
import { MARGIN, Sheets } from './sheets';

const FONTS = {
  text: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  strong: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;

let typefaces: Promise<Readonly<Record<keyof typeof FONTS, Buffer>>> | undefined;

/** Read once and kept: 20 MB that every file needs. Of each only the characters in use go into a file. */
const typefacesRead = async (): Promise<Readonly<Record<keyof typeof FONTS, Buffer>>> => ({
  text: await readFile(require.resolve(FONTS.text)),
  strong: await readFile(require.resolve(FONTS.strong)),
});

interface Paper {
  readonly title: string;
  /** Stands at the foot of each page beside its number. */
  readonly foot: string;
  readonly madeAt: Date;
}

/**
 * A4 pages as a stream; drawn in turns, so that others are served meanwhile. What goes wrong while it is drawn ends the
 * stream with the error: half a file is never taken for a whole one.
 */
export const onPaper = async (
  blocks: readonly Block[],
  { title, foot, madeAt }: Paper,
): Promise<NodeJS.ReadableStream> => {
  typefaces ??= typefacesRead();
  const fonts = await typefaces.catch((error: unknown) => {
    typefaces = undefined;
    throw error;
  });
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: title, Creator: 'Aftercare', Producer: 'Aftercare', CreationDate: madeAt },
  });
  document.registerFont('text', fonts.text).registerFont('strong', fonts.strong);
  const sheets = new Sheets(document);
  const drawn = async (): Promise<void> => {
    for (const block of blocks) {
      await sheets.draw(block);
      if (document.destroyed) return;
    }
    await sheets.number(foot);
    document.end();
  };
  drawn().catch((error: unknown) => document.destroy(error instanceof Error ? error : new Error(String(error))));
  return document;
};
