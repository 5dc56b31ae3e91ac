/** Where a finding stands, in the words of who opens the file: sheet and cell, page and line, file name. */
import type { Where } from '../model.js';
import { type Words, wordOf } from '../words/words.js';
import { showText } from './escape.js';

export function placeText(where: Where, table: Words): string {
  if (where.part === 'path') return table.where.path;
  const parts: string[] = [];
  if (where.page !== undefined) parts.push(table.where.page(where.page));
  if (where.sheet !== undefined)
    parts.push(where.cell === undefined ? showText(where.sheet) : `${showText(where.sheet)}!${showText(where.cell)}`);
  if (where.line !== undefined) parts.push(where.cell === undefined ? table.where.line(where.line) : table.where.row(where.line));
  if (where.sheet === undefined && where.cell !== undefined) parts.push(table.where.column(showText(where.cell)));
  if (where.part !== undefined) parts.push(`(${showText(wordOf(table.parts, where.part))})`);
  return parts.join(' ');
}
