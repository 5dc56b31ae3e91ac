/**
 * Basic pension numbers (基礎年金番号): ten digits, written 4-6: the office code at numbering time and a serial, no check digit. A pension
 * certificate's number has a pension code of four digits behind it. Ten bare digits are one only where a label says so.
 */
import type { Cell, Detector, Dropped, Match, Role, Strength } from './contract.js';
import { digitsOnly, foldedCell } from './labelled-number.js';
import { labelPattern } from './labels.js';
import { lengthSign, type Survey, surveyOf } from './survey.js';
import { writtenNumber } from './written-number.js';

const LABEL = labelPattern(
  '(?:基礎)?年金(?:手帳)?(?:の)?(?:記号)?(?:番号|No\\.?|№|#)|基年番(?:号)?|基礎年番|基番|基礎番号|年番|年金証書(?:の)?(?:記号)?番号|(?:年金)?手帳の?記号番号|基礎年金|(?:basic)?_?-?pension_?-?(?:number|no\\.?|id)|kiso_?nenkin(?:_?(?:bango|no))?|nenkin_?(?:bango|no)',
);
const LABEL_OFFICE = labelPattern(
  '(?:基礎)?(?:年金)?(?:番号)?\\(?(?:課所符号|課所|前[4四]桁|上[4四]桁|頭[4四]桁|記号)\\)?|(?:基礎)?年金番号[-_]?(?:\\(?上\\)?|1|①|前半)',
);
const LABEL_SERIAL = labelPattern(
  '(?:基礎)?(?:年金)?(?:番号)?\\(?(?:一連番号|後[6六]桁|下[6六]桁)\\)?|(?:基礎)?年金番号[-_]?(?:\\(?下\\)?|2|②|後半)',
);

/** A label in running text, with what may stand between it and the number. */
const LABEL_BEFORE =
  /(?:基礎 ?年金 ?番号|年金 ?番号|年金 ?証書|年金 ?手帳|基年番|基礎 ?番号|年番|pension ?(?:number|no\.?))[^0-9\n]{0,14}$/i;
const PHONE_BEFORE = /(?:tel|電話|℡|☎|fax|ファックス|ファクス|携帯|内線|連絡先|直通|代表)[^0-9\n]{0,8}$/i;
/** 整理票, 管理簿 and 登録表 say what the sheet is, not what the number is. */
const OTHER_BEFORE =
  /(?:口座|伝票|注文|請求|受注|発注|(?:整理|管理|登録)(?![票簿表])|契約|証券|製品|型番|品番|部品|商品|受付|会員|顧客|社員|学籍|被保険者証|雇用保険|介護|事業所|文書|図面|資産|製造|ロット|追跡|荷物|問合せ|問い合わせ|お客様|案件|申込|予約|起案|決裁)[^0-9\n]{0,4}(?:番号|No\.?|№|コード|ID|記号)?[^0-9\n]{0,4}$/i;

/** Neither end may touch what would make it a part of something longer: a digit, a letter with hyphen, a decimal point. */
const NUMBER = /(?<![0-9])(?<![0-9A-Za-z][-.])([0-9]{4})( ?- ?|[ /・.]?)([0-9]{6})(?![0-9])(-[0-9]{4}(?![0-9-]))?/y;
/** 年金コード: 老齢 1150, 1120–1170, 障害 1350, 遺族 1450, 国年 0120, 0160, 0620, 0930, 5350, 6350 … four digits ending in 0. */
const PENSION_CODE = /^-(?:0[1-9][0-9]0|1[1-9][0-9]0|[2-9][0-9]{2}0)$/;

const isPlaceholder = (digits: string) => /^([0-9])\1{9}$/.test(digits) || /0{6}$/.test(digits) || digits.startsWith('0000');

/** Landlines are written 4-6 too. No area code of four digits begins with 010, 011, 03 or 06 (Numbering plan of the Ministry of Internal Affairs). */
const LIKE_AREA_CODE = /^0(?!1[01]|3|6)/;

export function createPensionNumber(): Detector {
  const whole: Role = { part: 'whole', labels: [LABEL], cell: cellStrength, normal: (cell) => digitsOf(cell, true) ?? '' };
  return {
    kind: 'pension-number',
    version: 3,
    title: { ja: '基礎年金番号', en: 'pension number' },
    mustContain: /[0-9]{4}(?: ?- ?|[ /・.]?)[0-9]{6}(?![0-9])/,
    signs: lengthSign(4, 10),
    find: (folded, dropped, survey) => findNumbers(folded, survey ?? surveyOf(folded), dropped),
    roles: [whole, digitsRole('office', LABEL_OFFICE, 4), digitsRole('serial', LABEL_SERIAL, 6), digitRole],
  };
}

function findNumbers(folded: string, survey: Survey, dropped?: (drop: Dropped) => void): Match[] {
  const matches: Match[] = [];
  let from = 0;
  for (let run = 0; run < survey.digitStarts.count; run++) {
    NUMBER.lastIndex = survey.digitStarts.at(run);
    if (NUMBER.lastIndex < from || !mayBegin(survey, run)) continue;
    const parts = NUMBER.exec(folded);
    if (parts === null) continue;
    from = parts.index + parts[0].length;
    const [all, office, gap, serial, tail] = parts as unknown as [string, string, string, string, string | undefined];
    const start = parts.index;
    const end = start + all.length - (tail?.length ?? 0);
    const drop = (why: string) => dropped?.({ kind: 'pension-number', start, end, why });
    const judged = judge(folded, start, end, office + serial, gap, tail);
    if (typeof judged === 'string') drop(judged);
    else matches.push({ kind: 'pension-number', start, end, normal: office + serial, ...judged });
  }
  return matches;
}

/** Ten digits, or four and soon behind them six. */
function mayBegin({ digitStarts, digitEnds }: Survey, run: number): boolean {
  const end = digitEnds.at(run);
  const units = end - digitStarts.at(run);
  if (units !== 4 || run + 1 === digitStarts.count) return units === 10;
  const next = digitStarts.at(run + 1);
  return next - end <= GAP_UNITS_MAX && digitEnds.at(run + 1) - next === 6;
}

/** A hyphen between spaces. */
const GAP_UNITS_MAX = 3;

function judge(
  folded: string,
  start: number,
  end: number,
  digits: string,
  gap: string,
  tail: string | undefined,
): { strength: Strength; why: readonly string[] } | string {
  if (isPlaceholder(digits)) return 'placeholder';
  const before = folded.slice(Math.max(0, start - 28), start);
  const hyphenated = gap.includes('-');
  if (tail !== undefined && !PENSION_CODE.test(tail)) return 'longer-number';
  if (tail === undefined && /^(?:-[0-9A-Za-z]|\.[0-9]|[A-Za-z_@])/.test(folded.slice(end, end + 2))) return 'longer-number';
  if (/[0-9A-Za-z][-_]$|[A-Za-z0-9_@.+/]$/.test(before) && !/(?:no|number|No)[.:]$/i.test(before) && !/[^A-Za-z0-9]_$/.test(before)) {
    if (!LABEL_BEFORE.test(before)) return 'after-letter';
  }
  if (LABEL_BEFORE.test(before)) return { strength: 'certain', why: ['label-before', hyphenated ? 'shape-4-6' : 'ten-digits'] };
  if (PHONE_BEFORE.test(before)) return 'phone-label';
  if (OTHER_BEFORE.test(before)) return 'other-label';
  if (!hyphenated) return 'bare-ten-digits';
  if (tail !== undefined) return { strength: 'likely', why: ['shape-4-6-4'] };
  if (LIKE_AREA_CODE.test(digits)) return { strength: 'weak', why: ['shape-4-6', 'like-phone'] };
  return { strength: 'weak', why: ['shape-4-6'] };
}

const CELL = /^(?:No\.?|№|#|')? ?([0-9]{4}) ?[-/・. ]? ?([0-9]{6})(?: ?- ?[0-9]{3}0)?$/i;
/** One digit a box, or a group a box, in one cell: `1 2 3 4 - 5 6 7 8 9 0`. */
const SPACED = /^[0-9](?: ?[0-9]){3} ?-? ?[0-9](?: ?[0-9]){5}$/;
const NINE = /^[1-9][0-9]{8}$|^[1-9][0-9]{2}-[0-9]{6}$/;
/** A number with a remark: `1234-567890(本人)`, `基:1234-567890`. */
const AMONG = /^[^0-9]{0,12}?([0-9]{4}) ?- ?([0-9]{6})(?:-[0-9]{3}0)?(?![0-9-])[^0-9]{0,24}$/;

/** The ten digits of a cell, a lost leading zero put back when `labelled`; null when the cell is no number of this kind. */
function digitsOf(cell: Cell, labelled: boolean): string | null {
  if (typeof cell !== 'string') {
    if (cell.isDate) return null;
    if (Number.isInteger(cell.value) && cell.value >= 1e8 && cell.value < 1e10) {
      const shown = CELL.exec(foldedCell(cell));
      if (cell.value < 1e9 && !labelled && shown === null) return null;
      return String(cell.value).padStart(10, '0');
    }
  }
  const raw = typeof cell === 'string' ? cell : cell.text;
  if (raw.length < 9 || raw.length > 48) return null;
  const text = foldedCell(raw);
  const parts = CELL.exec(text) ?? (labelled ? AMONG.exec(text) : null);
  if (parts !== null) return parts[1]! + parts[2]!;
  if (!labelled) return null;
  const bare = text.replace(/[ -]/g, '');
  if (SPACED.test(text)) return bare;
  const written = NINE.test(text) ? bare : writtenNumber(text);
  return written.length === 9 || written.length === 10 ? written.padStart(10, '0') : null;
}

function cellStrength(cell: Cell, labelled: boolean): Strength | null {
  if (cell === '') return null;
  const digits = digitsOf(cell, labelled);
  if (digits === null || isPlaceholder(digits)) return null;
  if (labelled) {
    // A lost zero was put back.
    const lost = digits.startsWith('0') && (typeof cell !== 'string' || !digitsOnly(foldedCell(cell)).startsWith('0'));
    return lost ? 'likely' : 'certain';
  }
  const text = foldedCell(cell);
  if (!text.includes('-')) return 'weak';
  return digits.startsWith('0') ? 'weak' : 'likely';
}

/** A part of the number in a column of its own; a numeric cell may have lost leading zeros, which `normal` puts back. */
function digitsRole(part: 'office' | 'serial', label: RegExp, width: number): Role {
  const read = (cell: Cell, labelled: boolean): string | null => {
    if (typeof cell !== 'string') {
      const whole = Number.isInteger(cell.value) && !cell.isDate && cell.value >= 0 && cell.value < 10 ** width;
      return whole && (labelled || foldedCell(cell).length === width) ? String(cell.value).padStart(width, '0') : null;
    }
    const text = foldedCell(cell).replace(/ |-$/g, '');
    return text.length === width && /^[0-9]+$/.test(text)
      ? text
      : labelled && /^[0-9]+$/.test(text) && text.length === width - 1
        ? `0${text}`
        : null;
  };
  return {
    part,
    labels: [label],
    cell: (cell, labelled) => (cell !== '' && read(cell, labelled) !== null ? (labelled ? 'likely' : 'weak') : null),
    normal: (cell) => read(cell, true) ?? '',
  };
}

const digitRole: Role = {
  part: 'digit',
  labels: [],
  cell: (cell) => (/^[0-9]$/.test(foldedCell(cell)) ? 'weak' : null),
  normal: (cell) => foldedCell(cell),
};
