/** Adds to a person's slots the columns of a headed table whose label no detector knows, when their cells tell what they are. */
import type { Row } from '../model.js';
import type { Column } from './column.js';
import { guessBeside, guessColumn } from './guess.js';
import { isOfficeAddress, type Labels, namesCompany } from './label.js';
import { type Slot, slotOf } from './slot.js';

/** An address beside these labels is where something is, not where a person lives. */
const PLACE_LABEL = /勤務|会場|場所|事業|会社|支店|店舗|営業|施設|学校|納品|現場|担当/;

/** In a table of persons, columns whose label says nothing are judged by their cells (対象, 届出人の住まい), and so are those without one. */
export function addUnlabelled(slots: Slot[], columns: readonly Column[], samples: readonly Row[], labels: Labels): void {
  const unknown = columns.filter((column) => column.role === null && column.label !== '' && !namesCompany(column.label));
  const lacks = (kind: string) => !slots.some((slot) => slot.kind === kind);
  if (lacks('name')) {
    const at = unknown.map((column) => column.at);
    const name = guessColumn('name', at, samples, labels);
    if (name !== null) slots.push(name);
  }
  if (!lacks('name')) {
    const bare = columns.filter((column) => column.role === null && column.label === '').map((column) => column.at);
    slots.push(...guessBeside(bare, samples, labels).filter((slot) => lacks(slot.kind)));
  }
  if (lacks('address') && !lacks('name')) {
    const at = unknown.filter((column) => !PLACE_LABEL.test(column.label) && !isOfficeAddress(column.label)).map((column) => column.at);
    const address = guessColumn('address', at, samples, labels);
    if (address !== null) slots.push(withPieces(address, columns));
  }
}

/** 都道府県 | 以降の住所: the pieces left of an address belong to it. */
function withPieces(address: Slot, columns: readonly Column[]): Slot {
  const pieces = [address.column];
  for (let at = address.column - 1; at >= 0; at -= 1) {
    const column = columns.find((one) => one.at === at);
    if (column?.role?.kind !== 'address' || !['prefecture', 'city'].includes(column.part)) break;
    pieces.unshift(at);
  }
  return slotOf('address', address.role, pieces, 'plain', address.label);
}
