/** Finds the columns of a table without a header by what most cells are. Stricter than a header: one kind alone is believed only beside another. */
import { type Cell, cellText, type Kind, type Role } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { LabelRole, Labels } from './label.js';
import { areCounted, areFromOffices } from './number-prior.js';
import { type Slot, slotCell, slotOf } from './slot.js';

/** Columns that are looked at: a roster without header is narrow. */
const COLUMNS_MAX = 64;
/** The share of a column's cells that must be the kind. */
const MOST = 0.7;
/** Of names so many differ; 国民年金 in kana in every line is none. */
const DISTINCT_MIN = 0.3;
/** Bare ten digits are a number only where nearly all cells are such. */
const NEARLY_ALL = 0.9;

/** Slots of the one person of each row; empty when the cells do not tell. */
export function guessSlots(samples: readonly Row[], labels: Labels): Slot[] {
  const width = Math.min(
    COLUMNS_MAX,
    samples.reduce((most, row) => Math.max(most, row.length), 0),
  );
  const columns = Array.from({ length: width }, (_, at) => at);
  const names = nameSlots(columns, samples, labels);
  const taken = new Set(names.flatMap((slot) => slot.columns));
  const free = columns.filter((column) => !taken.has(column));
  const glued = names.length === 0 ? gluedKana(columns, samples, labels) : null;
  if (glued !== null) {
    const slots = slotsBeside(
      [glued],
      columns.filter((column) => column !== glued.column),
      samples,
      labels,
    );
    if (slots.some((slot) => slot.kind === 'pension-number') && slots.some((slot) => slot.kind === 'birthdate')) return slots;
  }
  return slotsBeside(names, free, samples, labels);
}

/** ﾔﾏﾀﾞﾀﾛｳ without a space, as host programs write names: believed only beside a number and a birthdate. */
function gluedKana(columns: readonly number[], samples: readonly Row[], labels: Labels): Slot | null {
  const { kana } = labels;
  for (const column of kana === null ? [] : columns) {
    const cells = cellsOf(samples, column);
    const names = cells.filter(
      (cell) => typeof cell === 'string' && /^[ｦ-ﾟァ-ヶー .・]{4,30}$/.test(cell) && kana!.role.cell(cell, true) !== null,
    );
    if (cells.length < 3 || names.length < samples.length * NEARLY_ALL || new Set(names).size < names.length * DISTINCT_MIN) continue;
    return slotOf('name', kana!.role, [column], null, '');
  }
  return null;
}

function slotsBeside(names: readonly Slot[], free: readonly number[], samples: readonly Row[], labels: Labels): Slot[] {
  const address = mostlyOf('address', free, samples, labels);
  const birthdate = birthdateColumn(free, samples, labels, names.length > 0 || address !== null);
  const slots = [...names];
  if (birthdate !== null) slots.push(birthdate);
  if (address !== null) slots.push(address);
  const number = numberSlot(free, samples, labels, names.length > 0, birthdate !== null || address !== null);
  if (number !== null) slots.unshift(number);
  const kinds = new Set(slots.map((slot) => slot.kind));
  return kinds.size >= 2 && (kinds.has('name') || kinds.has('pension-number')) ? slots : [];
}

/** A column of names or addresses without a label that says so, for a headed table in which no column is called one. */
export function guessColumn(kind: 'name' | 'address', columns: readonly number[], samples: readonly Row[], labels: Labels): Slot | null {
  const slot = mostlyOf(kind, columns, samples, labels);
  return slot !== null && cellsOf(samples, slot.column).length >= 3 ? slot : null;
}

/** The birthdates and numbers of persons whose names stand in other columns. */
export function guessBeside(columns: readonly number[], samples: readonly Row[], labels: Labels): Slot[] {
  const birthdate = birthdateColumn(columns, samples, labels, true);
  const free = columns.filter((column) => column !== birthdate?.column);
  const number = numberSlot(free, samples, labels, true, true);
  return [birthdate, number].filter((slot) => slot !== null);
}

function nameSlots(columns: readonly number[], samples: readonly Row[], labels: Labels): Slot[] {
  const slots: Slot[] = [];
  const whole = mostlyOf('name', columns, samples, labels);
  if (whole !== null) slots.push(whole);
  else {
    const split = splitName(columns, samples, labels);
    if (split !== null) slots.push(split);
  }
  const free = columns.filter((column) => !slots.some((slot) => slot.columns.includes(column)));
  const kana = labels.kana === null ? null : mostly(labels.kana, free, samples);
  if (kana !== null) slots.push(kana);
  return slots;
}

function cellsOf(samples: readonly Row[], column: number): Cell[] {
  const cells: Cell[] = [];
  for (const row of samples) {
    const cell = row[column];
    if (cell !== undefined && cell !== '') cells.push(cell);
  }
  return cells;
}

/** Believed without a label: likely or better. */
function isLikely(role: Role, cell: Cell): boolean {
  const strength = role.cell(cell, false);
  return strength !== null && strength !== 'weak';
}

function mostlyOf(kind: Kind, columns: readonly number[], samples: readonly Row[], labels: Labels): Slot | null {
  const whole = labels.whole(kind);
  return whole === null ? null : mostly(whole, columns, samples);
}

function mostly(one: LabelRole, columns: readonly number[], samples: readonly Row[]): Slot | null {
  for (const column of columns) {
    const cells = cellsOf(samples, column);
    if (cells.length > 0 && cells.length * 3 >= samples.length && share(cells, (cell) => isLikely(one.role, cell)) >= MOST) {
      return slotOf(one.kind, one.role, [column], null, '');
    }
  }
  return null;
}

function share<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(is).length / items.length;
}

/** 山田 | 太郎 in two columns of short words. */
function splitName(columns: readonly number[], samples: readonly Row[], labels: Labels): Slot | null {
  const whole = labels.whole('name');
  if (whole === null || samples.length < 3) return null;
  for (const column of columns) {
    const slot = slotOf('name', whole.role, [column, column + 1], 'space', '');
    const cells = samples.map((row) => slotCell(slot, row)).filter((cell) => cell !== '');
    const short = share(cells, (cell) => /^(?:[^\d\s]{1,4} [^\d\s]{1,4}|[ァ-ヶｦ-ﾟー]{1,12} [ァ-ヶｦ-ﾟー]{1,12})$/.test(cellText(cell)));
    if (cells.length * 2 >= samples.length && short >= MOST && share(cells, (cell) => isLikely(whole.role, cell)) >= MOST) return slot;
  }
  return null;
}

/** Of several columns of dates the one that begins earliest, if its years lie as far apart as people's do. */
function birthdateColumn(columns: readonly number[], samples: readonly Row[], labels: Labels, beside: boolean): Slot | null {
  const whole = labels.whole('birthdate');
  if (whole === null) return null;
  let best: { slot: Slot; middle: string } | null = null;
  for (const column of columns) {
    const cells = cellsOf(samples, column);
    const dates = cells.filter(
      (cell) => whole.role.cell(cell, false) !== null || (beside && isEraCode(cell) && whole.role.cell(cell, true) !== null),
    );
    if (dates.length === 0 || dates.length < cells.length * MOST || isCalledOtherwise(whole.role, samples, column)) continue;
    const days = dates.map((cell) => whole.role.normal(cell)).sort();
    if (!isSpread(days)) continue;
    const middle = days[days.length >> 1]!;
    if (best === null || middle < best.middle) best = { slot: slotOf('birthdate', whole.role, [column], null, ''), middle };
  }
  return best?.slot ?? (beside ? splitBirthdate(columns, samples, whole) : null);
}

/** 5 | 59 | 02 | 10 in columns next to each other: the code of an era, a year of two digits, a month and a day. */
function splitBirthdate(columns: readonly number[], samples: readonly Row[], whole: LabelRole): Slot | null {
  for (const column of columns) {
    const pieces = [column, column + 1, column + 2, column + 3];
    if (!pieces.every((piece) => columns.includes(piece))) continue;
    const coded = share(cellsOf(samples, column), (cell) => /^(?:[13579]|[MTSHR]|明治|大正|昭和|平成|令和)$/.test(cellText(cell)));
    if (coded < NEARLY_ALL) continue;
    const slot = slotOf('birthdate', whole.role, pieces, 'date', '');
    const dates = samples.map((row) => slotCell(slot, row)).filter((cell) => whole.role.cell(cell, true) !== null);
    if (dates.length < samples.length * NEARLY_ALL) continue;
    if (isSpread(dates.map((cell) => whole.role.normal(cell)).sort())) return slot;
  }
  return null;
}

/** `5-30-03-04` and `S300304`, which are dates only in company. */
function isEraCode(cell: Cell): boolean {
  return typeof cell === 'string' && /^[1-9１-９MTSHRmtshr](?:[-. ]?[0-9０-９]{2}){3}$/.test(cell);
}

/** Dates of receipts lie in a year or two; births of more than three people rarely do. */
function isSpread(days: readonly string[]): boolean {
  const years = new Set(days.map((day) => day.slice(0, 4)));
  return days.length < 4 || years.size >= Math.max(3, Math.min(days.length / 6, 12));
}

/** A first row of words over dates or numbers is a header that calls them something else: 受付日, 注文番号. */
function isCalledOtherwise(role: Role, samples: readonly Row[], column: number): boolean {
  const first = samples[0]?.[column] ?? '';
  return (
    samples.length > 1 &&
    typeof first === 'string' &&
    /[^\d\s]{2}/.test(first) &&
    !/生|誕|年金|基年|birth/i.test(first) &&
    role.cell(first, true) === null
  );
}

function numberSlot(columns: readonly number[], samples: readonly Row[], labels: Labels, named: boolean, dated: boolean): Slot | null {
  const whole = labels.whole('pension-number');
  if (whole === null || !(named || dated)) return null;
  const hyphened = mostly(whole, columns, samples);
  const numbersIn = (column: number) => cellsOf(samples, column).flatMap((cell) => whole.role.normal(cell) || []);
  if (hyphened !== null && !isCalledOtherwise(whole.role, samples, hyphened.column) && !areCounted(numbersIn(hyphened.column)))
    return hyphened;
  for (const column of columns) {
    const cells = cellsOf(samples, column);
    if (cells.length * 2 < samples.length || isCalledOtherwise(whole.role, samples, column)) continue;
    const texts = cells.map((cell) => cellText(cell).trim());
    const bare = share(cells, (cell) => whole.role.cell(cell, false) !== null) >= NEARLY_ALL;
    // Landlines without hyphens begin with 0 and have ten digits too.
    const phones = share(texts, (text) => /^[0０]/.test(text)) > 0.5 && !texts.some((text) => text.includes('-'));
    const distinct = new Set(texts).size > 1 || texts.length === 1;
    const backed = dated || areFromOffices(numbersIn(column));
    if (bare && !phones && distinct && named && backed && !areCounted(numbersIn(column)))
      return slotOf(whole.kind, whole.role, [column], null, '');
    const split = slotOf(whole.kind, whole.role, [column, column + 1], 'digits', '');
    const isOffice = texts.every((text) => /^[0-9０-９]{4}$/.test(text));
    const isSerial = isOffice && cellsOf(samples, column + 1).every((cell) => /^[0-9０-９]{6}$/.test(cellText(cell).trim()));
    if (isSerial && cellsOf(samples, column + 1).length === cells.length && cells.length > 0 && named && dated) return split;
  }
  return null;
}
