/** A slot is where one value of a person stands in the rows of a table: one column, or several that are joined. It decides nothing about headers. */
import { type Cell, cellText, type Kind, type Role } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import { chosenEra } from './era-choice.js';
import { kindBit } from './record.js';

/** How the cells of several columns become one text. `boxes` are those of a date with its units between them. */
export type Join = 'digits' | 'date' | 'boxes' | 'space' | 'plain';

export interface Slot {
  readonly kind: Kind;
  readonly bit: number;
  /** Judges the value, joined where it stands in several columns. */
  readonly role: Role;
  readonly columns: readonly number[];
  /** The first of `columns`: nearly every slot has but one. */
  readonly column: number;
  /** Null for a value in one column. */
  readonly join: Join | null;
  /** What the column is called; '' when it was known by its cells. */
  readonly label: string;
  /** '' for the person a row is about, else the word for the other one whose value it is: 配偶者. */
  readonly owner: string;
  /** A name in kana: used as a key only where no other stands. */
  readonly kana: boolean;
}

export function slotOf(kind: Kind, role: Role, columns: readonly number[], join: Join | null, label: string): Slot {
  return {
    kind,
    bit: kindBit(kind),
    role,
    columns,
    column: columns[0]!,
    join: columns.length > 1 ? join : null,
    label,
    owner: '',
    kana: role.part === 'kana',
  };
}

/** The value of a slot as it stands in the row, joined where need be; '' when nothing stands there. */
export function slotCell(slot: Slot, row: Row): Cell {
  if (slot.join === null) return row[slot.column] ?? '';
  return joinTexts(
    slot.join,
    slot.columns.map((column) => cellText(row[column] ?? '').trim()),
  );
}

/** Trimmed texts as one value; '' when a piece is missing that the value can't do without. */
export function joinTexts(join: Join, texts: readonly string[]): string {
  if (join === 'digits') return joinDigits(texts);
  if (join === 'date') return joinDate(texts);
  if (join === 'boxes') return texts.map((text, at) => (at === 0 ? chosenEra(text) : text)).join('');
  if (join === 'plain') return texts.join('');
  return texts.includes('') ? '' : texts.join(' ');
}

/** `1234`,`567890` or ten digit boxes; a number that Excel holds has lost its leading zeros. */
function joinDigits(texts: readonly string[]): string {
  if (texts.length !== 2) return texts.join('').replace(/[-‐－―ー\s]/g, '');
  const [office, serial] = texts as [string, string];
  return office === '' || serial === '' ? '' : `${office.padStart(4, '0')}-${serial.padStart(6, '0')}`;
}

/** Era, year, month and day, or the last three. A single digit for the era is the code of pension forms (DOMAIN.md). */
function joinDate(texts: readonly string[]): string {
  if (texts.length < 3 || texts.slice(-3).includes('')) return '';
  const [year, month, day] = texts.slice(-3) as [string, string, string];
  const era = texts.length > 3 ? chosenEra(texts[0]!) : '';
  if (/^[0-9０-９]$/.test(era)) return `${era}-${year.padStart(2, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const unit = (text: string, end: string) => (text.endsWith(end) ? text : text + end);
  return `${era}${unit(year, '年')}${unit(month, '月')}${unit(day, '日')}`;
}

/** 山田太郎 他2名: how many more there are is no part of the one who is named. */
const AND_OTHERS = /[ 　]*[(（]?(?:他|外|ほか)[ 　]*[0-9０-９一二三四五六七八九十]{1,3}[ 　]*[名人][)）]?$/;
/** 5 59 02 10: a date with its era's code, in groups. */
const SPACED_DATE = /^[ 　]*[13579MTSHR][ 　]+[0-9]{2}[ 　]+[0-9]{2}[ 　]+[0-9]{2}[ 　]*$/;

/**
 * The cell in the form in which the role takes it, null when it does not. A cell of several lines may hold a broken value
 * (an address) or two notations of it (a name in kana above the kanji).
 */
export function acceptedCell(role: Role, cell: Cell): Cell | null {
  if (cell === '') return null;
  const strength = role.cell(cell, true);
  if (strength !== null && strength !== 'weak') return cell;
  if (typeof cell !== 'string') return null;
  if (cell.indexOf('\n') >= 0) return acceptedLine(role, cell);
  const others = /[名人)）]$/.test(cell) ? cell.search(AND_OTHERS) : -1;
  if (others > 0) return acceptedCell(role, cell.slice(0, others));
  return SPACED_DATE.test(cell) ? acceptedCell(role, cell.trim().replace(/[ 　]+/g, '-')) : null;
}

/** Lines of one cell that are tried on their own. */
const CELL_LINES_MAX = 6;

function acceptedLine(role: Role, cell: string): Cell | null {
  const lines = cell.split(/\r?\n/, CELL_LINES_MAX).filter((line) => line.trim() !== '');
  const takes = (text: string) => {
    const strength = role.cell(text, true);
    return strength !== null && strength !== 'weak';
  };
  const joined = lines.join('');
  if (takes(joined)) return joined;
  const taken = lines.filter(takes);
  return taken.find((line) => !/^[ァ-ヶｦ-ﾟぁ-ゖー\s　]+$/.test(line)) ?? taken[0] ?? null;
}
