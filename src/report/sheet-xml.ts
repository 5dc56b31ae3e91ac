/** Cells, rows and frames of a worksheet as XML (ECMA-376 part 1, 18.3). Texts are texts: a cell of this kind is never read as a formula. */
import { showText } from './escape.js';
import { localOffsetMs } from './time.js';

/** Excel's own bounds (Microsoft, "Excel specifications and limits"). */
export const ROWS_MAX = 1_048_576;
export const CELL_CHARS_MAX = 32_767;
export const SHEET_NAME_CHARS_MAX = 31;

/** Indexes of `cellXfs` in the style sheet (xlsx-package.ts). */
export const STYLE = { plain: 0, text: 1, time: 2, count: 3, amount: 4, head: 5, day: 6, title: 7, mark: 8, alarm: 9, link: 10 } as const;

const DAY_MS = 86_400_000;
/** Day 0 of the 1900 system; before March 1900 it counts a day that never was (18.17.4.1). */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
const SERIAL_MIN = 61;
const SERIAL_MAX = 2_958_466;

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

export function escapeXml(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text;
}

/**
 * A text as the value of a cell: unseen characters written out, noncharacters that XML can't hold too, and what a reader would take for an escape
 * (`_x000D_`, 22.9.2.19) escaped itself.
 */
export function cellText(text: string): string {
  return showText(text)
    .replace(/[\ufffe\uffff]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

export function inlineCell(reference: string, text: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

export function sharedCell(reference: string, index: number, style: number): string {
  return `<c r="${reference}" s="${style}" t="s"><v>${index}</v></c>`;
}

export function numberCell(reference: string, value: number, style: number): string {
  return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
}

/** Days since day 0 of the 1900 system, by the office's clock, to the second; null for a time that spreadsheets have no number for. */
export function serialOf(ms: number): number | null {
  const seconds = Math.floor((ms + localOffsetMs(ms) - DAY_ZERO_MS) / 1000);
  const serial = seconds / 86_400;
  return serial >= SERIAL_MIN && serial < SERIAL_MAX ? serial : null;
}

/** The same of a day `YYYY-MM-DD`. */
export function serialOfDay(day: string): number | null {
  const serial = (Date.parse(`${day}T00:00:00Z`) - DAY_ZERO_MS) / DAY_MS;
  return serial >= SERIAL_MIN && serial < SERIAL_MAX ? serial : null;
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Wider sheets, in characters, would be too small to read on one page. */
const PAGE_WIDTH_MAX = 220;

/** Up to the first row. `frozen`: the first row stays in sight. */
export function sheetHead(widths: readonly number[], frozen: boolean): string {
  const pane = frozen
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
    : '';
  const fit = widths.reduce((sum, width) => sum + width, 0) <= PAGE_WIDTH_MAX ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '';
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  return `${XML_HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}">${fit}<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`;
}

/** Behind the last row. `filter`: the range with its header row; `links`: from a cell to a sheet; `mark`: printed at the head of each page. */
export function sheetTail(
  mark: string,
  filter: string | null,
  links: readonly { readonly from: string; readonly sheet: string }[] = [],
): string {
  const filters = filter === null ? '' : `<autoFilter ref="${filter}"/>`;
  const hyperlinks = links.map(
    ({ from, sheet }) => `<hyperlink ref="${from}" location="${escapeXml(`'${sheet.replaceAll("'", "''")}'!A1`)}"/>`,
  );
  const linked = hyperlinks.length === 0 ? '' : `<hyperlinks>${hyperlinks.join('')}</hyperlinks>`;
  return `</sheetData>${filters}${linked}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddHeader>&amp;R${escapeXml(mark)}</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`;
}
