import { setImmediate } from 'node:timers/promises';
import type { Block, Cell, Line, Picture } from './blocks';
import { linesOf } from './lines';
import { pictureFault } from './pictures';

/** Points, on every side. */
export const MARGIN = 54;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - 64;
const PAD = 4;
const SIZE = 9;
const INK = '#1c2430';
const SOFT = '#5d6878';
const MARK = '#8a1f1f';
const RULE = '#d9dee6';
/** So many rows or blocks are drawn before others get their turn. */
const TURN = 4;

/** Draws blocks one below the other. */
export class Sheets {
  #drawn = 0;
  readonly #pictures: PictureWriter;

  constructor(private readonly document: PDFKit.PDFDocument) {
    this.#pictures = document as unknown as PictureWriter;
  }

  async draw(block: Block): Promise<void> {
    await this.#turn();
    switch (block.kind) {
      case 'title':
        return this.#title(block);
      case 'chapter':
        return this.#heading(block.text, { size: 14, space: 16, room: 130 });
      case 'section':
        return this.#heading(block.text, { size: 10.5, space: 8, room: 100 });
      case 'text':
        return this.#text(block);
      case 'facts':
        return this.#table(
          { columns: [24, 76], rows: block.rows.map(([name, value]) => [[{ text: name, tone: 'soft' }], value]) },
          undefined,
        );
      case 'table': {
        const { columns, rows } = block;
        const titles = columns.map(({ title }): Cell => [{ text: title, tone: 'strong' }]);
        return this.#table({ columns: columns.map(({ width }) => width), rows }, titles);
      }
      case 'picture':
        return this.#picture(block);
    }
  }

  /** 第 n / m 页, known only at the end. */
  async number(foot: string): Promise<void> {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      await this.#turn();
      this.document.switchToPage(start + page);
      // Below the margin, where text would otherwise begin a new page.
      this.document.page.margins.bottom = 0;
      this.document.font('text').fontSize(8).fillColor(SOFT);
      const line = { width: WIDTH, lineBreak: false } as const;
      this.document.text(foot, MARGIN, BOTTOM + 20, line);
      this.document.text(`第 ${page + 1} / ${count} 页`, MARGIN, BOTTOM + 20, { ...line, align: 'right' });
    }
  }

  #title({ above, text }: { readonly above: string; readonly text: string }): void {
    this.document.font('strong').fontSize(11).fillColor(MARK).text(above, { characterSpacing: 3 });
    this.document.fontSize(24).fillColor(INK).text(text, { characterSpacing: 0 });
    this.#rule(INK, 1.2);
    this.document.moveDown(0.6);
  }

  #heading(text: string, { size, space, room }: { readonly size: number; readonly space: number; room: number }): void {
    this.#need(room);
    this.document.y += space;
    this.document.font('strong').fontSize(size).fillColor(INK).text(text, MARGIN, this.document.y, { width: WIDTH });
    this.document.y += 4;
  }

  #text({ text, tone }: Line): void {
    for (const line of linesOf([{ text, ...(tone ? { tone } : {}) }])) {
      const height = this.#height(line, WIDTH);
      this.#need(height);
      this.#line(line, { x: MARGIN, y: this.document.y, width: WIDTH });
      this.document.y += height;
    }
    this.document.y += 3;
  }

  async #table(
    { columns, rows }: { readonly columns: readonly number[]; readonly rows: readonly (readonly Cell[])[] },
    titles: readonly Cell[] | undefined,
  ): Promise<void> {
    const all = columns.reduce((sum, width) => sum + width, 0);
    const widths = columns.map((width) => (width / all) * WIDTH);
    const head = titles && this.#measured(titles, widths);
    let isFirst = true;
    for (const row of rows) {
      await this.#turn();
      for (const piece of this.#pieces(row, widths, (head?.height ?? 0) + 2 * PAD)) {
        // Titles stand above the first row and again on every page, never at the foot of one by themselves.
        const isNewPage = this.#need(piece.height + (isFirst && head ? head.height : 0));
        if (head && (isFirst || isNewPage)) this.#row(head, widths);
        this.#row(piece, widths);
        isFirst = false;
      }
    }
    this.document.y += 6;
  }

  /** A row that no page could hold goes on in further rows. */
  #pieces(row: readonly Cell[], widths: readonly number[], taken: number): readonly Row[] {
    const most = BOTTOM - MARGIN - taken;
    const cells = row.map((cell, at) => this.#cut(linesOf(cell), widths[at]! - 2 * PAD, most));
    const count = Math.max(...cells.map((pieces) => pieces.length));
    return Array.from({ length: count }, (_, piece) =>
      this.#measured(
        cells.map((pieces) => pieces[piece] ?? []),
        widths,
      ),
    );
  }

  #cut(lines: readonly Line[], width: number, most: number): readonly (readonly Line[])[] {
    const pieces: Line[][] = [[]];
    let height = 0;
    for (const line of lines) {
      const more = this.#height(line, width);
      if (height > 0 && height + more > most) {
        pieces.push([]);
        height = 0;
      }
      pieces.at(-1)!.push(line);
      height += more;
    }
    return pieces;
  }

  #measured(cells: readonly Cell[], widths: readonly number[]): Row {
    const lines = cells.map(linesOf);
    const heights = lines.map((cell, at) =>
      cell.reduce((sum, line) => sum + this.#height(line, widths[at]! - 2 * PAD), 0),
    );
    return { lines, height: Math.max(...heights, 0) + 2 * PAD };
  }

  #row({ lines, height }: Row, widths: readonly number[]): void {
    const top = this.document.y;
    let x = MARGIN;
    for (const [at, cell] of lines.entries()) {
      let y = top + PAD;
      for (const line of cell) {
        const width = widths[at]! - 2 * PAD;
        this.#line(line, { x: x + PAD, y, width });
        y += this.#height(line, width);
      }
      x += widths[at]!;
    }
    this.document.y = top + height;
    this.#rule(RULE, 0.5);
  }

  async #picture({ caption, content, maxHeight }: Picture): Promise<void> {
    const bytes = await content();
    const fault = typeof bytes === 'string' ? bytes : await pictureFault(bytes);
    if (typeof bytes === 'string' || fault !== undefined)
      return this.#text({ text: `${caption}:${fault}`, tone: 'soft' });
    const image = this.#opened(bytes);
    if (!image) return this.#text({ text: `${caption}:图像无法显示`, tone: 'soft' });
    // A phone held upright says so in the picture: orientations above 4 lie on their side.
    const [wide, high] = (image.orientation ?? 1) > 4 ? [image.height, image.width] : [image.width, image.height];
    const scale = Math.min(WIDTH / wide, maxHeight / high, 1);
    this.#need(high * scale + 30);
    const top = this.document.y + 4;
    this.#pictures.image(image, MARGIN, top, { width: wide * scale, height: high * scale });
    this.document.y = top + high * scale + 3;
    this.#text({ text: caption, tone: 'soft' });
  }

  /** Undefined: it can't be read as a picture. The library throws strings for some of what it dislikes. */
  #opened(bytes: Buffer): OpenedImage | undefined {
    try {
      const image = this.#pictures.openImage(bytes);
      return image.width > 0 && image.height > 0 ? image : undefined;
    } catch {
      return undefined;
    }
  }

  #line(line: Line, { x, y, width }: { readonly x: number; readonly y: number; readonly width: number }): void {
    this.#styled(line).fillColor(line.tone === 'soft' ? SOFT : line.tone === 'mark' ? MARK : INK);
    this.document.text(line.text, x, y, { width, lineGap: 1.5 });
  }

  #height(line: Line, width: number): number {
    return this.#styled(line).heightOfString(line.text === '' ? ' ' : line.text, { width, lineGap: 1.5 });
  }

  #styled({ tone }: Line): PDFKit.PDFDocument {
    return this.document.font(tone === 'strong' ? 'strong' : 'text').fontSize(tone === 'soft' ? SIZE - 1 : SIZE);
  }

  #rule(colour: string, width: number): void {
    const { y } = this.document;
    this.document
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + WIDTH, y)
      .lineWidth(width)
      .strokeColor(colour)
      .stroke();
  }

  /** Goes on on a new page where so much has no room here; tells whether it did. */
  #need(height: number): boolean {
    if (this.document.y + height <= BOTTOM) return false;
    this.document.addPage();
    this.document.y = MARGIN;
    return true;
  }

  async #turn(): Promise<void> {
    this.#drawn += 1;
    if (this.#drawn % TURN === 0) await setImmediate();
  }
}

interface Row {
  readonly lines: readonly (readonly Line[])[];
  readonly height: number;
}

/** What the published types of the library leave out: a picture is opened first, to see whether and how it fits. */
interface PictureWriter {
  openImage(content: Buffer): OpenedImage;
  image(image: OpenedImage, x: number, y: number, size: { readonly width: number; readonly height: number }): unknown;
}

interface OpenedImage {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
}
