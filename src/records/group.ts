/** Puts the columns of a headed table together to persons: one a row, or several (applicant and spouse, tables side by side), each with its slots. */
import type { Row } from '../model.js';
import { type Column, goodShare, isKind } from './column.js';
import { CONTACT_OWNER, isContact, isOfficeAddress, type Labels, namesCompany } from './label.js';
import { acceptedCell, type Join, type Slot, slotCell, slotOf } from './slot.js';

/** Where the values of each person of a row stand. Empty when the columns make none. */
export function groupColumns(columns: readonly Column[], samples: readonly Row[], labels: Labels): Slot[][] {
  const persons: Slot[][] = [];
  for (const region of splitRegions(columns)) {
    const company = region.some((column) => !column.carried && column.role === null && namesCompany(column.label));
    for (const owned of splitOwners(region)) {
      const owner = owned[0]!.owner;
      const slots = withoutOffice(slotsOf(owned, samples, labels), company).map((slot) => (owner === '' ? slot : { ...slot, owner }));
      if (slots.length > 0) persons.push(slots);
    }
  }
  return persons;
}

const isIdentity = (column: Column) => isKind(column, 'name') || isKind(column, 'pension-number');

/** Tables side by side: cut at empty columns, or where a label of no kind (連番, No.) stands again, if both sides tell of a person. */
function splitRegions(columns: readonly Column[]): Column[][] {
  const regions: Column[][] = [[]];
  const seen = new Set<string>();
  for (const column of columns) {
    const gap = column.filled === 0 && (column.carried || column.label === '');
    const again = column.role === null && column.label !== '' && seen.has(column.label);
    if (column.role === null && column.label !== '') seen.add(column.label);
    if (gap || again) regions.push([]);
    if (!gap) regions[regions.length - 1]!.push(column);
  }
  const telling = regions.filter((region) => region.some(isIdentity));
  const whole = columns.filter((column) => column.filled > 0 || !column.carried);
  if (telling.length < 2 || !sharesIdentity(telling)) return splitRepeats(whole);
  return regions.flatMap((region) => splitRepeats(region));
}

/** True when the second part tells again what the first tells: then they are two tables, not one with a gap. */
function sharesIdentity(regions: readonly (readonly Column[])[]): boolean {
  const [one, other] = regions as [Column[], Column[]];
  return ['name', 'pension-number'].some(
    (kind) =>
      one.some((column) => column.role?.kind === kind && column.owner === '') &&
      other.some((column) => column.role?.kind === kind && column.owner === ''),
  );
}

/** 氏名 | 生年月日 | 氏名 | 生年月日: the same label for a name or number again opens the next person. */
function splitRepeats(columns: readonly Column[]): Column[][] {
  const seen = new Set<string>();
  const parts: Column[][] = [[]];
  for (const column of columns) {
    if (!column.carried && isIdentity(column) && column.owner === '') {
      const key = `${column.role?.kind} ${column.label}`;
      if (seen.has(key)) {
        seen.clear();
        parts.push([]);
      }
      seen.add(key);
    }
    parts[parts.length - 1]!.push(column);
  }
  // 基礎年金番号 | 基礎年金番号 over 4|6 is one number, not two persons.
  const complete = parts.every(
    (part) => part.some((column) => isKind(column, 'name')) || part.some((column) => isKind(column, 'birthdate')),
  );
  return complete ? parts : [[...columns]];
}

/** One list of columns for each person of a row. Other persons keep what is named theirs; the rest is the main person's. */
function splitOwners(columns: readonly Column[]): Column[][] {
  const byOwner = new Map<string, Column[]>();
  const give = (owner: string, column: Column) => {
    const list = byOwner.get(owner);
    if (list === undefined) byOwner.set(owner, [column]);
    else list.push(column);
  };
  for (const column of columns) if (column.role !== null) give(column.owner, column);
  giveBack(byOwner, CONTACT_OWNER);
  const main = byOwner.get('') ?? [];
  if (main.some(isIdentity)) return [...byOwner.values()];
  // Nobody is the main person: 世帯主 | 家族氏名 | 生年月日. A column belongs to the one named left of it.
  const named = [...byOwner].filter(([owner, list]) => owner !== '' && list.some(isIdentity));
  if (named.length === 0) return [...byOwner.values()];
  byOwner.delete('');
  for (const column of main) {
    let [owner] = named[0]!;
    let nearest = -1;
    for (const [other, list] of named) {
      for (const { at } of list.filter(isIdentity)) if (at < column.at && at > nearest) [owner, nearest] = [other, at];
    }
    give(owner, column);
  }
  return [...byOwner.values()];
}

/** 連絡先住所 beside no 連絡先氏名 is where the person of the row can be reached. */
function giveBack(byOwner: Map<string, Column[]>, owner: string): void {
  const list = byOwner.get(owner);
  if (list === undefined || list.some(isIdentity)) return;
  byOwner.delete(owner);
  byOwner.set('', [...(byOwner.get('') ?? []), ...list]);
}

/** An address is a person's unless it is an organisation's and the name only that of its contact (DOMAIN.md: company and office addresses). */
function withoutOffice(slots: Slot[], company: boolean): Slot[] {
  const contact = slots.some((slot) => slot.kind === 'name' && isContact(slot.label));
  return slots.filter((slot) => {
    if (slot.kind !== 'address') return true;
    const office = isOfficeAddress(slot.label);
    return !(company && (office || contact)) && !(contact && office);
  });
}

function slotsOf(columns: readonly Column[], samples: readonly Row[], labels: Labels): Slot[] {
  const slots: Slot[] = [];
  const of = (kind: string) => columns.filter((column) => column.role?.kind === kind);
  const takes = (slot: Slot) => samples.some((row) => acceptedCell(slot.role, slotCell(slot, row)) !== null);
  const add = (slot: Slot | null) => {
    if (slot !== null) slots.push(slot);
  };
  add(numberSlot(of('pension-number'), labels, takes));
  for (const slot of nameSlots(of('name'), labels)) slots.push(slot);
  add(birthdateSlot(of('birthdate'), labels, takes));
  for (const slot of addressSlots(of('address'), labels, takes)) slots.push(slot);
  for (const column of columns) {
    const role = column.role!;
    const four = ['pension-number', 'name', 'birthdate', 'address'].includes(role.kind);
    if (!four && column.filled > 0 && !slots.some((slot) => slot.kind === role.kind))
      slots.push(slotOf(role.kind, role.role, [column.at], null, column.label));
  }
  return slots;
}

type Takes = (slot: Slot) => boolean;

function joined(columns: readonly Column[], labels: Labels, join: Join): Slot | null {
  const first = columns[0];
  if (first?.role == null) return null;
  const whole = labels.whole(first.role.kind);
  return whole === null
    ? null
    : slotOf(
        whole.kind,
        whole.role,
        columns.map((column) => column.at),
        join,
        columns.find((column) => column.label !== '')?.label ?? '',
      );
}

function wholeSlot(column: Column): Slot {
  return slotOf(column.role!.kind, column.role!.role, [column.at], null, column.label);
}

/** The best whole column, else two columns of 4|6, or boxes of a digit each. */
function numberSlot(columns: readonly Column[], labels: Labels, takes: Takes): Slot | null {
  const whole = columns.filter((column) => column.part === 'whole' && column.good > 0);
  if (whole.length > 0) return wholeSlot(whole.reduce((best, column) => (goodShare(column) > goodShare(best) ? column : best)));
  const parts = columns.filter((column) => column.filled > 0);
  const split = joined(parts, labels, 'digits');
  if (split !== null && parts.length > 1 && takes(split)) return split;
  const empty = columns.find((column) => column.part === 'whole' && !column.carried && column.filled === 0);
  return empty === undefined ? null : wholeSlot(empty);
}

/** Kanji and kana each, whole or as family and given name. */
function nameSlots(columns: readonly Column[], labels: Labels): Slot[] {
  const slots: Slot[] = [];
  const whole = columns.filter((column) => column.part === 'whole' && !column.carried);
  const carried = columns.filter((column) => column.part === 'whole' && column.carried && column.good > 0);
  const first = whole.find((column) => column.good > 0);
  const split =
    first === undefined ? [] : carried.filter((column) => column.at === first.at + 1 && column.longest <= 4 && first.longest <= 4);
  const [family, given] = [columns.find((column) => column.part === 'family'), columns.find((column) => column.part === 'given')];
  // 苗字 | 名前: beside a family name, 名前 is the given one.
  const partner =
    given ?? (family === undefined ? undefined : columns.find((column) => column.part === 'whole' && column.at === family.at + 1));
  if (first !== undefined && first !== partner)
    slots.push(...present(split.length > 0 ? joined([first, split[0]!], labels, 'space') : wholeSlot(first)));
  else if (family !== undefined && partner !== undefined) slots.push(...present(joined([family, partner], labels, 'space')));
  const kana = columns.find((column) => column.part === 'kana' && column.good > 0);
  const kanaParts = ['family-kana', 'given-kana'].map((part) => columns.find((column) => column.part === part));
  if (kana !== undefined) slots.push(wholeSlot(kana));
  else if (kanaParts[0] !== undefined && kanaParts[1] !== undefined && labels.kana !== null) {
    const [one, other] = kanaParts as [Column, Column];
    slots.push(slotOf('name', labels.kana.role, [one.at, other.at], 'space', one.label));
  }
  return slots;
}

const present = (slot: Slot | null): Slot[] => (slot === null ? [] : [slot]);

/** One whole column, or era | year | month | day in this order, of which the era or a label must say that it is a birthdate. */
function birthdateSlot(columns: readonly Column[], labels: Labels, takes: Takes): Slot | null {
  const whole = columns.find((column) => column.part === 'whole' && !column.carried && (column.good > 0 || column.filled === 0));
  if (whole !== undefined && whole.good > 0) return wholeSlot(whole);
  const labelled = columns.some((column) => column.part === 'whole' && !column.carried) || columns.some((column) => column.part === 'era');
  const byPart = ['era', 'year', 'month', 'day'].map((part) => columns.find((column) => column.part === part));
  const named = byPart.filter((column) => column !== undefined);
  const born = labelled || named.some((column) => /生|誕/.test(column.label + column.above));
  const parts = byPart.slice(1).every((column) => column !== undefined)
    ? named
    : columns.filter((column) => column.part === 'whole' && column.filled > 0);
  if (whole !== undefined && parts.length < 2) return wholeSlot(whole);
  if (!born || parts.length < 2 || parts.length > 8) return null;
  const split = joined(parts, labels, parts.length === 3 || parts.length === 4 ? 'date' : 'boxes');
  return split !== null && takes(split) ? split : null;
}

/** Complete columns each, or the pieces (prefecture | city | rest, 住所1 | 住所2) joined. A postcode alone is no address. */
function addressSlots(columns: readonly Column[], labels: Labels, takes: Takes): Slot[] {
  const pieces = columns.filter((column) => column.part !== 'postcode' && column.filled > 0 && column.longest > 1);
  const complete = pieces.filter((column) => column.part === 'whole' && !column.carried && goodShare(column) >= 0.7);
  if (pieces.length === 0) return columns.filter((column) => column.part === 'whole' && !column.carried).map(wholeSlot);
  const rest = pieces.filter((column) => !complete.includes(column));
  if (rest.length === 0 || complete.length > 1) return complete.map(wholeSlot);
  const split = joined(pieces, labels, 'plain');
  if (split !== null && takes(split)) return [split];
  return complete.map(wholeSlot);
}
