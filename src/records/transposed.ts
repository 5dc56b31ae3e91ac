/** Tables that lie on their side: labels in the first column, a person in each column right of it, with or without a row of headings over the persons. */
import type { Kind } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { Header } from './header.js';
import type { Labels } from './label.js';
import { acceptedCell } from './slot.js';

/** Rows below a heading that are looked at. */
const BELOW_ROWS = 12;

/** Rows of a label and at least two values each, more than one of them: every column is a person. */
export function isTransposed(rows: readonly Row[], labels: Labels): boolean {
  return rows.filter((row) => kindAcross(row, labels) !== null).length >= 2;
}

/** 項目 | 対象者1 | 対象者2 looks like labels with their values below, and is not: each row below begins with a label of its own. */
export function isHeadingOver(rows: readonly Row[], header: Header, labels: Labels): boolean {
  const below = rows.slice(header.last + 1, header.last + 1 + BELOW_ROWS);
  const kinds = new Set<Kind>();
  let labelled = 0;
  for (const row of below) {
    const first = row.find((cell) => cell !== '');
    if (typeof first === 'string' && labels.of(first).length > 0) labelled += 1;
    const kind = kindAcross(row, labels);
    if (kind !== null) kinds.add(kind);
  }
  return kinds.size >= 2 && labelled * 2 >= below.length;
}

/** The kind of which a row holds a label and several values. */
function kindAcross(row: Row, labels: Labels): Kind | null {
  const filled = row.filter((cell) => cell !== '');
  const first = filled[0];
  if (typeof first !== 'string') return null;
  const role = labels.of(first)[0];
  if (role === undefined) return null;
  const values = filled
    .slice(1)
    .filter((cell) => acceptedCell(role.role, cell) !== null && !(typeof cell === 'string' && labels.of(cell).length > 0));
  return values.length >= 2 ? role.kind : null;
}
