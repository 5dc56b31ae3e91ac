/** Says of each column of a headed table what it may be, by its label and by what its cells look like. Which person it belongs to is group.ts's business. */
import { type Cell, cellText, type Kind, type Part } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { ColumnLabel, Header } from './header.js';
import { type LabelRole, type Labels, ownerOf } from './label.js';
import { acceptedCell } from './slot.js';

export interface Column {
  readonly at: number;
  readonly label: string;
  /** The label over it in a header of several rows: 生年月日 over 年 | 月 | 日. */
  readonly above: string;
  /** Null when the label says nothing that a detector knows. */
  readonly role: LabelRole | null;
  readonly part: Part;
  /** '' for the person the table is about. */
  readonly owner: string;
  readonly carried: boolean;
  /** Of the sampled cells, how many hold something, and how many of those `role` takes, as whole or as part. */
  readonly filled: number;
  readonly good: number;
  /** The longest sampled text, in UTF-16 units. */
  readonly longest: number;
}

/**
 * One description for each column that the header or the sample reaches, and several for one whose cells hold several kinds. `samples` are rows
 * below the header.
 */
export function describeColumns(header: Header, samples: readonly Row[], labels: Labels): Column[] {
  let width = header.labels.length;
  for (const row of samples) width = Math.max(width, row.length);
  const columns: Column[] = [];
  for (let at = 0; at < width; at += 1) {
    columns.push(...describe(at, header.labels[at] ?? { text: '', above: '', carried: true }, samples, labels));
  }
  return columns;
}

function describe(at: number, label: ColumnLabel, samples: readonly Row[], labels: Labels): Column[] {
  const cells = samples.map((row) => row[at] ?? '').filter((cell) => cell !== '');
  const takenBy = (one: LabelRole) => cells.filter((cell) => acceptedCell(one.role, cell) !== null).length;
  const longest = cells.reduce((most, cell) => Math.max(most, cellText(cell).length), 0);
  const column = (role: LabelRole | null, good: number, carried: boolean): Column => ({
    at,
    label: label.carried ? '' : label.text,
    above: label.above,
    role,
    part: role?.role.part ?? 'whole',
    owner: ownerOf(label.text) || ownerOf(label.above),
    carried,
    filled: cells.length,
    good: Math.max(good, 0),
    longest,
  });
  const parts = labels.parts(label.text);
  const together = parts.map((one): [LabelRole, number] => [one, takenBy(one)]).filter(([, taken]) => taken * 4 > cells.length);
  if (together.length > 1) return together.map(([one, taken]) => column(one, taken, false));
  let best: LabelRole | null = null;
  let good = -1;
  for (const one of rolesOfLabel(label, labels)) {
    const taken = takenBy(one);
    if (taken > good) [best, good] = [one, taken];
  }
  if (label.carried && best?.kind === 'address' && holdsOtherKind(cells, labels)) return [column(null, 0, true)];
  // 基礎年金番号・氏名 merged over a column each: the second has the label as much as the first.
  return [column(best, good, label.carried && parts.length === 0)];
}

/** Kinds whose values no part of an address looks like. */
const NO_ADDRESS: readonly Kind[] = ['pension-number', 'birthdate', 'phone', 'my-number'];
/** House numbers may look like a year or a day. */
const OTHER_UNITS_MIN = 8;

/** A column without a label goes on with the one before it, 住所, unless something else stands there. */
function holdsOtherKind(cells: readonly Cell[], labels: Labels): boolean {
  const roles = NO_ADDRESS.flatMap((kind) => labels.whole(kind)?.role ?? []);
  return cells.some((cell) => cellText(cell).length >= OTHER_UNITS_MIN && roles.some((role) => acceptedCell(role, cell) !== null));
}

/** A lower label speaks first, then together with the one above it, then the one above alone. */
function rolesOfLabel(label: ColumnLabel, labels: Labels): readonly LabelRole[] {
  if (label.text === '') return [];
  const own = labels.of(label.text);
  if (label.above === '') return own;
  const above = labels.of(label.above);
  if (own.length > 0) {
    // 年 | 月 | 日 below 届出日 are no parts of a birthdate.
    const isDatePart = own.every((one) => one.kind === 'birthdate' && one.role.part !== 'whole');
    return isDatePart && /日|年/.test(label.above) && !above.some((one) => one.kind === 'birthdate') ? [] : own;
  }
  const both = labels.of(`${label.above}${label.text}`);
  return both.length > 0 ? both : above;
}

/** The share of filled cells that are taken; 0 for an empty column. */
export function goodShare(column: Column): number {
  return column.filled === 0 ? 0 : column.good / column.filled;
}

export function isKind(column: Column, kind: Kind): boolean {
  return column.role?.kind === kind;
}
