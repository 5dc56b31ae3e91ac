/** A mail as a few blocks, and the two forms in which it goes out: plain text, and simple HTML that shows the same. It looks nothing up. */
import { showText } from '../report/escape.js';
import { alignRows } from '../report/layout.js';

export type Block =
  | { readonly kind: 'text' | 'alert' | 'note'; readonly text: string }
  | { readonly kind: 'title'; readonly text: string }
  /** The first column to the left, figures to the right. */
  | { readonly kind: 'table'; readonly head: readonly string[] | null; readonly rows: readonly (readonly string[])[] }
  /** A file takes two lines: its place, and what is the matter. */
  | { readonly kind: 'files'; readonly rows: readonly FileRow[] }
  | { readonly kind: 'steps'; readonly items: readonly string[] };

export interface FileRow {
  readonly place: string;
  readonly matter: string;
}

export interface Mail {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

export function mailText(blocks: readonly Block[]): string {
  return `${blocks.map(textOf).join('\n\n')}\n`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `■ ${block.text}`;
    case 'table': {
      const rows = [...(block.head ? [block.head] : []), ...block.rows].map((row) => row.map(showText));
      const columns = Math.max(0, ...rows.map((row) => row.length));
      return alignRows(
        rows,
        Array.from({ length: columns }, (_, at) => (at === 0 ? ('left' as const) : ('right' as const))),
      ).join('\n');
    }
    case 'files':
      return block.rows.map(({ place, matter }) => `・${showText(place)}\n    ${showText(matter)}`).join('\n');
    case 'steps':
      return block.items.map((item, at) => `${at + 1}. ${item}`).join('\n');
    default:
      return block.text.split('\n').map(showText).join('\n');
  }
}

/** Styles stand at each element: mail programs drop style sheets. No link and no picture: nothing is fetched when the mail is opened. */
export function mailHtml(blocks: readonly Block[], lang: 'ja' | 'en'): string {
  const body = blocks.map(htmlOf).join('\n');
  return `<!DOCTYPE html>\n<html lang="${lang}"><head><meta charset="utf-8"></head>\n<body style="font-family:sans-serif;font-size:14px;color:#222">\n${body}\n</body></html>\n`;
}

const CELL = 'padding:2px 12px 2px 0;border-bottom:1px solid #ddd;vertical-align:top';

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h2 style="font-size:16px;margin:20px 0 6px">${escaped(block.text)}</h2>`;
    case 'table':
      return `<table style="border-collapse:collapse">${block.head ? rowOf(block.head, 'th') : ''}${block.rows.map((row) => rowOf(row, 'td')).join('')}</table>`;
    case 'files': {
      const rows = block.rows.map(
        ({ place, matter }) => `<li style="margin-bottom:6px">${escaped(place)}<br><span style="color:#666">${escaped(matter)}</span></li>`,
      );
      return `<ul style="padding-left:20px">${rows.join('')}</ul>`;
    }
    case 'steps':
      return `<ol style="padding-left:24px">${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ol>`;
    default: {
      const style = block.kind === 'alert' ? ' style="color:#b00;font-weight:bold"' : block.kind === 'note' ? ' style="color:#666"' : '';
      return `<p${style}>${block.text.split('\n').map(escaped).join('<br>')}</p>`;
    }
  }
}

function rowOf(cells: readonly string[], tag: 'th' | 'td'): string {
  const made = cells.map((cell, at) => `<${tag} style="${CELL};text-align:${at === 0 ? 'left' : 'right'}">${escaped(cell)}</${tag}>`);
  return `<tr>${made.join('')}</tr>`;
}

function escaped(text: string): string {
  return showText(text).replace(/[&<>"]/gu, (char) => `&#${char.charCodeAt(0)};`);
}
