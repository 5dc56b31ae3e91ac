/** Finds the header of a table among its first rows: below titles, over one to three rows, merged. It tells labels, not what the columns are. */
import type { Cell } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import { isOwnerHeading, isUnsureLabel, type LabelRole, type Labels } from './label.js';
import { acceptedCell } from './slot.js';

export interface ColumnLabel {
  /** The lowest label of the column; '' when it has none. */
  readonly text: string;
  /** The label over it in a header of several rows, which may stand for columns on its right too. */
  readonly above: string;
  /** True when the column has no label of its own and lies right of `text`'s column: a merged cell, or none. */
  readonly carried: boolean;
}

export interface Header {
  /** Indexes into the rows handed in. */
  readonly first: number;
  readonly last: number;
  readonly labels: readonly ColumnLabel[];
}

const HEADER_ROWS_MAX = 3;
/** Filled rows below a header that are asked whether they hold its values. */
const BELOW_ROWS = 8;

/** The first header that begins at `from` to `until`; null when no row has labels with values below. */
export function findHeader(rows: readonly Row[], from: number, labels: Labels, until = rows.length - 1): Header | null {
  for (let first = from; first <= until; first += 1) {
    if (labelCount(rows[first]!, labels) === 0) continue;
    let last = first;
    while (last + 1 < rows.length && last - first + 1 < HEADER_ROWS_MAX && isHeaderLike(rows[last + 1]!, labels)) last += 1;
    const header = headerAt(rows, first, last);
    if (hasValuesBelow(rows, header, labels)) return header;
  }
  return null;
}

/** Cells of a row that carry a detector's label and nothing that might be a value. */
export function labelCount(row: Row, labels: Labels): number {
  let count = 0;
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at]!;
    if (typeof cell === 'string' && labels.of(cell).length > 0 && !isUnsureLabel(cell) && !isUnit(row, at, cell)) count += 1;
  }
  return count;
}

/** 30 | 年 | 3 | 月: behind a number it is the number's unit, no label. */
function isUnit(row: Row, at: number, cell: string): boolean {
  if (cell !== '年' && cell !== '月' && cell !== '日') return false;
  const left = row[at - 1] ?? '';
  return typeof left === 'string' ? /^\s*(?:[0-9０-９]{1,4}|元)\s*$/.test(left) : left.value < 10_000;
}

/** A row of labels alone: at least two of them and no cell that looks like a value. */
export function isHeaderLike(row: Row, labels: Labels): boolean {
  let filled = 0;
  for (const cell of row) {
    if (cell === '') continue;
    if (typeof cell !== 'string' || cell.length > 40 || /[0-9０-９]{4}/.test(cell)) return false;
    filled += 1;
  }
  const count = labelCount(row, labels);
  return count >= 2 || (count === 1 && filled <= 2);
}

function headerAt(rows: readonly Row[], first: number, last: number): Header {
  const heads = rows.slice(Math.max(0, first - 1), last + 1);
  // The row above may open groups (本人 | 配偶者) without being a label of any kind itself.
  const opener = first > 0 ? heads.shift()! : [];
  let width = 0;
  for (const row of [...heads, ...rows.slice(last + 1, last + 1 + BELOW_ROWS)]) width = Math.max(width, row.length);
  const labels: ColumnLabel[] = [];
  const over = heads.map(() => '');
  let opened = '';
  let left = '';
  for (let column = 0; column < width; column += 1) {
    const opening = labelText(opener[column]);
    if (opening !== '') opened = isOwnerHeading(opening) ? opening : '';
    let text = '';
    let above = '';
    for (let row = 0; row < heads.length; row += 1) {
      const own = labelText(heads[row]![column]);
      if (own !== '') {
        over[row] = own;
        // A new label ends what the rows below carried.
        over.fill('', row + 1);
        if (text !== '') above = text;
        else if (row > 0) above = over[row - 1]!;
        text = own;
      }
    }
    const carried = text === '';
    if (carried) text = left;
    else left = text;
    labels.push({ text, above: above === '' && !carried ? opened : above, carried });
  }
  return { first, last, labels };
}

function labelText(cell: Cell | undefined): string {
  if (cell === undefined || typeof cell !== 'string') return '';
  return cell.trim();
}

/** Told from a form by where the values stand: below the labels, not right of them. */
function hasValuesBelow(rows: readonly Row[], header: Header, labels: Labels): boolean {
  let below = 0;
  let named = 0;
  for (let column = 0; column < header.labels.length; column += 1) {
    const label = header.labels[column]!;
    const roles = label.carried ? [] : labels.of(label.text);
    if (roles.length === 0) continue;
    named += 1;
    if (isFilledBelow(rows, header, column, roles, labels)) below += 1;
  }
  if (below === 0) return false;
  const right = countRight(rows[header.last]!, labels);
  return below >= right && (named > 1 || right === 0);
}

function isFilledBelow(rows: readonly Row[], header: Header, column: number, roles: readonly LabelRole[], labels: Labels): boolean {
  let filled = 0;
  for (let at = header.last + 1; at < rows.length && filled < BELOW_ROWS; at += 1) {
    const cell = rows[at]![column] ?? '';
    if (rows[at]!.some((one) => one !== '')) filled += 1;
    if (typeof cell === 'string' && labels.of(cell).length > 0) return false;
    if (cell !== '' && takesCell(roles, cell, labels)) return true;
  }
  return false;
}

/** Whether any of the roles, or the whole value of their kind, takes the cell. Parts such as 4|6 take theirs by shape. */
function takesCell(roles: readonly LabelRole[], cell: Cell, labels: Labels): boolean {
  return roles.some((one) => {
    if (isCredible(one, cell)) return true;
    const whole = labels.whole(one.kind);
    if (whole !== null && isCredible(whole, cell)) return true;
    return one.kind === 'pension-number' && /^[0-9０-９]{1,6}$/.test(typeof cell === 'string' ? cell.trim() : cell.text);
  });
}

/** Labels whose next cell on the right is their value. */
function countRight(row: Row, labels: Labels): number {
  let right = 0;
  let roles: readonly LabelRole[] = [];
  for (const cell of row) {
    if (cell === '') continue;
    const next = typeof cell === 'string' ? labels.of(cell) : [];
    if (next.length === 0 && roles.some((one) => isCredible(one, cell))) right += 1;
    roles = next;
  }
  return right;
}

/** A name's shape under a label is lenient: 備考 and 従業員数 have it. To tell labels from values it must look like a name without one. */
function isCredible(one: LabelRole, cell: Cell): boolean {
  if (acceptedCell(one.role, cell) === null) return false;
  if (one.kind !== 'name' || one.role.part !== 'whole') return true;
  return one.role.cell(cell, false) !== null || (typeof cell === 'string' && /^\S{1,8}[ 　]+\S{1,8}$|[様殿]$/.test(cell.trim()));
}
