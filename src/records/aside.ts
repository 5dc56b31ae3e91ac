/** Columns of a headed table that hold what their label says and make no part of a person, and why; and addresses that one cell says for several rows. */
import type { Kind, Role } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { Column } from './column.js';
import { isOfficeAddress } from './label.js';
import { ADDRESS, NAME } from './record.js';
import { acceptedCell, type Slot, slotCell } from './slot.js';

/** A labelled column whose values are no person's of the table. */
export interface Aside {
  readonly at: number;
  readonly kind: Kind;
  readonly role: Role;
  /** A code of words/why.ts. */
  readonly why: string;
}

export function setAside(columns: readonly Column[], persons: readonly (readonly Slot[])[]): Aside[] {
  const taken = new Set(persons.flatMap((slots) => slots.flatMap((slot) => slot.columns)));
  return columns.flatMap((column) => {
    if (column.role === null || column.carried || column.filled === 0 || taken.has(column.at)) return [];
    return [{ at: column.at, kind: column.role.kind, role: column.role.role, why: whyAside(column) }];
  });
}

function whyAside(column: Column): string {
  if (column.good === 0) return `column-unlike:${column.label}`;
  if (column.role?.kind === 'address' && (isOfficeAddress(column.label) || column.part === 'whole')) return 'organisation';
  return column.part === 'whole' || column.part === 'kana' ? `column-second:${column.label}` : `column-part:${column.label}`;
}

/** Rows of a table in which the address stands once for a household, the cell merged over its members or left blank below the first. */
const SHARED_MIN = 1 / 3;

/** True when so many rows with a name have no address that it is said once for several, in the first row of each group. */
export function sharesAddress(slots: readonly Slot[], samples: readonly Row[]): boolean {
  const name = slots.find((slot) => slot.bit === NAME && !slot.kana);
  const address = slots.find((slot) => slot.bit === ADDRESS);
  if (name === undefined || address === undefined) return false;
  const rows = samples.filter((row) => acceptedCell(name.role, slotCell(name, row)) !== null);
  const without = rows.filter((row) => slotCell(address, row) === '').length;
  return without > 0 && without >= rows.length * SHARED_MIN && acceptedCell(address.role, slotCell(address, rows[0]!)) !== null;
}
