/**
 * Every way a full date is written on Japanese papers, as one scanner over folded text. It gives dates that exist; what they are dates of,
 * it does not ask.
 */
import { type CivilDate, type Era, eraDate, eraOf, isDate, readNumeral } from './calendar.js';
import { lengthSign, SIGN, type Survey } from './survey.js';

/** How a date is written; the looser forms are dates only where a label or column says so. */
export type DateForm = 'western' | 'era' | 'compact' | 'era-compact' | 'era-code' | 'two-digit' | 'english';

export interface DateMatch {
  readonly start: number;
  readonly end: number;
  readonly date: CivilDate;
  readonly form: DateForm;
}

const NUMERAL = '(?:[0-9]{1,2}|[〇○零一二三四五六七八九十]{1,3})';
const YEAR4 = '(?:1[89][0-9]{2}|20[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})';
const ERA_WORD = '(?:明治|大正|昭和|平成|令和|[明大昭平令㍾㍽㍼㍻㋿]|(?<![A-Z])[MTSHR](?![A-Z]))';
/** `1955年(昭和30年)3月4日`: the other reckoning stands between year and month. */
const ASIDE = '(?:\\([^()\\n]{2,12}\\) ?)?';
const PARTS = (year: string) => `(${year}) ?(?:年 ?${ASIDE}|[./-] ?)(${NUMERAL}) ?(?:月|[./-]) ?(${NUMERAL})(?: ?日|(?![0-9年月.]))`;

const WESTERN = new RegExp(`(?<![0-9./-])${PARTS(YEAR4)}`, 'gi');
const ERA_DATE = new RegExp(
  `(${ERA_WORD})[. ]{0,2}(?:\\(?[0-9]{4}\\)?年? ?)?${PARTS(`元|[0-9]{1,2}|[〇○零一二三四五六七八九十]{1,3}`)}`,
  'gi',
);
const COMPACT = /(?<![0-9A-Za-z./-])((?:1[89]|20)[0-9]{2})((?:0[1-9]|1[0-2]))((?:0[1-9]|[12][0-9]|3[01]))(?![0-9A-Za-z-])/g;
const ERA_COMPACT = /(?<![0-9A-Za-z])([MTSHR])([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9A-Za-z-])/gi;
/** The same with spaces or none after an era word: 昭和300304. */
const ERA_WORD_COMPACT = /(明治|大正|昭和|平成|令和|[昭平㍾㍽㍼㍻㋿]) ?([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])/g;
const ERA_CODE =
  /(?<![0-9A-Za-z-])([13579])(?:-([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})|-?([0-9]{2})([0-9]{2})([0-9]{2})|\.([0-9]{2})\.([0-9]{2})\.([0-9]{2}))(?![0-9-])/g;
const TWO_DIGIT = /(?<![0-9./-])([0-9]{2})([./-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9./-])/g;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_WORD =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const ENGLISH_MONTH_FIRST = new RegExp(`(?<![a-z])${MONTH_WORD}[ -]([0-9]{1,2})(?:st|nd|rd|th)?,?[ -]([12][0-9]{3})(?![0-9])`, 'gi');
const ENGLISH_DAY_FIRST = new RegExp(`(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?[ -]${MONTH_WORD},?[ -]([12][0-9]{3})(?![0-9])`, 'gi');
const NUMERIC_YEAR_LAST = /(?<![0-9./-])([0-9]{1,2})([./-])([0-9]{1,2})\2([12][0-9]{3})(?![0-9./-])/g;

function civil(year: number, month: number, day: number): CivilDate | null {
  return isDate(year, month, day) ? { year, month, day } : null;
}

interface Notation {
  readonly form: DateForm;
  readonly pattern: RegExp;
  /** A cheap first look: without it the pattern is not tried. */
  readonly hint: RegExp;
  readonly read: (parts: RegExpExecArray) => CivilDate | null;
}

const byEra = (word: string, year: string, month: string, day: string) => {
  const era: Era | null = eraOf(word);
  return era === null ? null : eraDate(era, readNumeral(year), readNumeral(month), readNumeral(day));
};

const ERA_HINT = /[明大昭平令治正和成㍾㍽㍼㍻㋿] ?[0-9元〇○零一二三四五六七八九十(]|[MTSHR]\.?[0-9]/i;
const WESTERN_HINT = /[0-9]{4} ?[年./-]|[一二][〇○零一二三四五六七八九]{3} ?年/;
const SIX_DIGITS = /[0-9]{6}/;
const ENGLISH_HINT = /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ ,-]/i;
const ANY = /[0-9]/;

const NOTATIONS: readonly Notation[] = [
  { form: 'era', pattern: ERA_DATE, hint: ERA_HINT, read: (p) => byEra(p[1]!, p[2]!, p[3]!, p[4]!) },
  {
    form: 'western',
    pattern: WESTERN,
    hint: WESTERN_HINT,
    read: (p) => civil(readNumeral(p[1]!), readNumeral(p[2]!), readNumeral(p[3]!)),
  },
  { form: 'era-compact', pattern: ERA_COMPACT, hint: SIX_DIGITS, read: (p) => byEra(p[1]!, p[2]!, p[3]!, p[4]!) },
  { form: 'era-compact', pattern: ERA_WORD_COMPACT, hint: SIX_DIGITS, read: (p) => byEra(p[1]!, p[2]!, p[3]!, p[4]!) },
  { form: 'compact', pattern: COMPACT, hint: SIX_DIGITS, read: (p) => civil(Number(p[1]), Number(p[2]), Number(p[3])) },
  {
    form: 'era-code',
    pattern: ERA_CODE,
    hint: ANY,
    read: (p) => byEra(p[1]!, (p[2] ?? p[5] ?? p[8])!, (p[3] ?? p[6] ?? p[9])!, (p[4] ?? p[7] ?? p[10])!),
  },
  {
    form: 'english',
    pattern: ENGLISH_MONTH_FIRST,
    hint: ENGLISH_HINT,
    read: (p) => civil(Number(p[3]), monthOf(p[1]!), Number(p[2])),
  },
  {
    form: 'english',
    pattern: ENGLISH_DAY_FIRST,
    hint: ENGLISH_HINT,
    read: (p) => civil(Number(p[3]), monthOf(p[2]!), Number(p[1])),
  },
  // Month before day as in America, unless that is no date: forms in English rarely say which.
  {
    form: 'english',
    pattern: NUMERIC_YEAR_LAST,
    hint: ANY,
    read: (p) => civil(Number(p[4]), Number(p[1]), Number(p[3])) ?? civil(Number(p[4]), Number(p[3]), Number(p[1])),
  },
  // Under a header a year of two digits is one of the Shōwa era: those born later are written with their era or in four digits.
  {
    form: 'two-digit',
    pattern: TWO_DIGIT,
    hint: ANY,
    read: (p) => eraDate('S', Number(p[1]), Number(p[3]), Number(p[4])) ?? civil(1900 + Number(p[1]), Number(p[3]), Number(p[4])),
  },
];

const monthOf = (word: string) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** What a date in running text needs: a digit or numeral before 年, a separated or compact run of digits, or a month in English. */
export const DATE_FIRST_LOOK =
  /[0-9元〇○一二三四五六七八九十] ?年|[0-9] ?[./-] ?[0-9]{1,2} ?[./-]|[0-9]{6}|(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]{0,6}\.?[ ,-]/;

/** The same by a survey. */
export const DATE_SIGNS = lengthSign(1, 2, 4, 6, 8) | SIGN.numeral;

/** All dates of a short text, the loose ones too, in the order of `start`, none overlapping. Of two that overlap the earlier notation wins. */
function findAnyDates(text: string): DateMatch[] {
  const found: DateMatch[] = [];
  for (const { form, pattern, hint, read } of NOTATIONS) {
    if (!hint.test(text)) continue;
    pattern.lastIndex = 0;
    for (let parts = pattern.exec(text); parts !== null; parts = pattern.exec(text)) {
      const date = read(parts);
      if (date !== null) found.push({ start: parts.index, end: parts.index + parts[0].length, date, form });
    }
  }
  return found.length > 1 ? withoutOverlaps(found) : found;
}

/** A notation that running text may be searched for: its pattern is tried only at given offsets. */
class Anchored {
  readonly #pattern: RegExp;
  readonly #notation: Notation;
  #from = 0;

  constructor(of: RegExp) {
    this.#notation = NOTATIONS.find(({ pattern }) => pattern === of)!;
    this.#pattern = new RegExp(of.source, of.flags.replace('g', 'y'));
  }

  begin(): void {
    this.#from = 0;
  }

  tryAt(folded: string, start: number, found: DateMatch[]): void {
    if (start < this.#from) return;
    this.#pattern.lastIndex = start;
    const parts = this.#pattern.exec(folded);
    if (parts === null) return;
    const end = start + parts[0].length;
    this.#from = end;
    const date = this.#notation.read(parts);
    if (date !== null) found.push({ start, end, date, form: this.#notation.form });
  }
}

const ANCHORED = {
  era: new Anchored(ERA_DATE),
  western: new Anchored(WESTERN),
  eraCompact: new Anchored(ERA_COMPACT),
  eraWordCompact: new Anchored(ERA_WORD_COMPACT),
  compact: new Anchored(COMPACT),
};
const ALL_ANCHORED = Object.values(ANCHORED);

/** Dates of running text that are no loose ones, in the order of `start`, none overlapping. Of two that overlap the earlier notation wins. */
export function findDates(folded: string, survey: Survey): DateMatch[] {
  const found: DateMatch[] = [];
  for (const one of ALL_ANCHORED) one.begin();
  const { digitStarts, digitEnds, numeralStarts, numeralEnds } = survey;
  let numeral = 0;
  for (let run = 0; run < digitStarts.count; run++) {
    const start = digitStarts.at(run);
    for (; numeral < numeralStarts.count && numeralStarts.at(numeral) < start; numeral++)
      fromNumerals(folded, numeralStarts.at(numeral), numeralEnds.at(numeral), found);
    fromDigits(folded, start, digitEnds.at(run), found);
  }
  for (; numeral < numeralStarts.count; numeral++) fromNumerals(folded, numeralStarts.at(numeral), numeralEnds.at(numeral), found);
  return found.length > 1 ? withoutOverlaps(found) : found;
}

function fromDigits(folded: string, start: number, end: number, found: DateMatch[]): void {
  const units = end - start;
  if (units === 8) ANCHORED.compact.tryAt(folded, start, found);
  else if (units === 6) {
    if (start > 0) ANCHORED.eraCompact.tryAt(folded, start - 1, found);
    const era = eraBefore(folded, start);
    if (era >= 0) ANCHORED.eraWordCompact.tryAt(folded, era, found);
  } else if (units === 4 || units <= 2) {
    const era = eraBefore(folded, start);
    if (era >= 0) ANCHORED.era.tryAt(folded, era, found);
    if (units !== 4) return;
    if (joinsMonth(folded, end)) ANCHORED.western.tryAt(folded, start, found);
    const before = folded.charCodeAt(start - 1);
    if (before === 0x20 || before === 0x2d) readEnglish(folded, start, end, found);
  }
}

function fromNumerals(folded: string, start: number, end: number, found: DateMatch[]): void {
  const era = eraBefore(folded, start);
  if (era >= 0) ANCHORED.era.tryAt(folded, era, found);
  if (end - start >= 4 && joinsMonth(folded, end)) ANCHORED.western.tryAt(folded, end - 4, found);
}

/** What may stand between a year and its month: 年 . / - or a space. */
function joinsMonth(folded: string, at: number): boolean {
  const unit = folded.charCodeAt(at);
  return unit === 0x5e74 || unit === 0x20 || (unit >= 0x2d && unit <= 0x2f);
}

/** Where the word or letter of an era begins that ends before a year at `at`: 昭和, 昭, S. -1 without one. */
function eraBefore(folded: string, at: number): number {
  let end = at;
  if (folded.charCodeAt(end - 1) === 0x28) end--;
  for (let gap = 0; gap < 2 && (folded.charCodeAt(end - 1) === 0x20 || folded.charCodeAt(end - 1) === 0x2e); gap++) end--;
  if (end === 0) return -1;
  const last = folded[end - 1]!;
  if ('治正和成'.includes(last)) {
    return end >= 2 && ERA_WORDS.has(folded.slice(end - 2, end)) ? end - 2 : -1;
  }
  return '明大昭平令㍾㍽㍼㍻㋿MTSHRmtshr'.includes(last) ? end - 1 : -1;
}

const ERA_WORDS: ReadonlySet<string> = new Set(['明治', '大正', '昭和', '平成', '令和']);

/** Units before an English date's year, `12th September., `, and a letter more. */
const ENGLISH_UNITS_MAX = 20;

/** A date in English whose year stands at `start`. */
function readEnglish(folded: string, start: number, end: number, found: DateMatch[]): void {
  const from = Math.max(0, start - ENGLISH_UNITS_MAX);
  const text = folded.slice(from, end + 1);
  if (!ENGLISH_HINT.test(text)) return;
  for (const { pattern, form, read } of NOTATIONS) {
    if (pattern !== ENGLISH_MONTH_FIRST && pattern !== ENGLISH_DAY_FIRST) continue;
    pattern.lastIndex = 0;
    for (let parts = pattern.exec(text); parts !== null; parts = pattern.exec(text)) {
      const date = from + parts.index + parts[0].length === end ? read(parts) : null;
      if (date !== null) found.push({ start: from + parts.index, end, date, form });
    }
  }
}

const orderOf = new Map(NOTATIONS.map(({ form }, order) => [form, order]));

function withoutOverlaps(found: DateMatch[]): DateMatch[] {
  found.sort((one, other) => one.start - other.start || orderOf.get(one.form)! - orderOf.get(other.form)!);
  const kept: DateMatch[] = [];
  for (const match of found) {
    const last = kept[kept.length - 1];
    if (last === undefined || last.end <= match.start) kept.push(match);
    else if (orderOf.get(match.form)! < orderOf.get(last.form)!) kept[kept.length - 1] = match;
  }
  return kept;
}

const QUICK_ERA = /^(明治|大正|昭和|平成|令和|[MTSHR]) ?(元|[0-9]{1,2})(?:年|[./-]) ?([0-9]{1,2})(?:月|[./-]) ?([0-9]{1,2})日?$/i;
const QUICK_WESTERN = /^([12][0-9]{3})(?:年|[./-]) ?([0-9]{1,2})(?:月|[./-]) ?([0-9]{1,2})日?$/;

/** The ways that nearly all cells are written, without a search. */
function readQuickly(text: string): DateMatch | null {
  let date: CivilDate | null = null;
  let form: DateForm = 'western';
  let parts = QUICK_WESTERN.exec(text);
  if (parts !== null) date = civil(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  else {
    parts = QUICK_ERA.exec(text);
    if (parts === null) return null;
    form = 'era';
    date = byEra(parts[1]!, parts[2]!, parts[3]!, parts[4]!);
  }
  return date && { start: 0, end: text.length, date, form };
}

/** The date that a whole cell is, apart from spaces, a weekday, a time or 生 after it; null when there is more or none. */
export function readDate(folded: string): DateMatch | null {
  const text = folded.length > 40 ? '' : folded.trim();
  if (text === '') return null;
  const quick = readQuickly(text);
  if (quick !== null) return quick;
  const dates = findAnyDates(text);
  if (dates.length !== 1) return null;
  const [match] = dates as [DateMatch];
  const before = text.slice(0, match.start);
  const after = text.slice(match.end);
  if (!/^[ ('"]{0,3}(?:西暦)?$/.test(before)) return null;
  return /^[ )"']{0,3}(?:\([日月火水木金土]\))?(?:生まれ|うまれ|生)?(?:\([^()]{1,14}\))?(?:[ T]{0,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?Z?)?$/.test(
    after,
  )
    ? match
    : null;
}
