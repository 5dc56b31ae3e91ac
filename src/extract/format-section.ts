/** Takes the code of a number format apart (ECMA-376-1, 18.8.31): sections, conditions, places for digits, literal text. */

export interface FormatPart {
  /** '0', '#' or '?' for a digit's place, null for literal text. */
  readonly place: string | null;
  readonly literal: string;
}

export interface FormatSection {
  readonly sort: 'general' | 'date' | 'time' | 'number';
  readonly condition: { readonly sign: string; readonly limit: number } | null;
  readonly whole: readonly FormatPart[];
  /** Behind the decimal point, and what follows the number. */
  readonly fraction: readonly FormatPart[];
  readonly wholePlaces: number;
  readonly decimals: number;
  readonly groups: boolean;
  /** 100 for each percent sign. */
  readonly factor: number;
  /** 1000 for each comma behind the last digit. */
  readonly divisor: number;
  /** False when nothing at all is displayed. */
  readonly shows: boolean;
}

/** Excel refuses longer codes; a longer one is taken as General. */
const CODE_CHARS_MAX = 1024;
const DECIMALS_MAX = 20;

/** Quoted text, escapes, brackets, words and single characters: every code divides into these. */
const TOKEN = /"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|general|g\/標準|am\/pm|a\/p|e[+-]|[\s\S]/giu;

export function parseSections(code: string): readonly FormatSection[] {
  const tokens = code.length > CODE_CHARS_MAX ? ['general'] : (code.match(TOKEN) ?? ['general']);
  const sections: FormatSection[] = [];
  for (let start = 0; start <= tokens.length && sections.length < 4; ) {
    const found = tokens.indexOf(';', start);
    const end = found < 0 ? tokens.length : found;
    sections.push(parseSection(tokens.slice(start, end)));
    start = end + 1;
  }
  return sections;
}

/** The section that shows a value, and whether a minus sign is put before it; null when none fits. */
export function sectionFor(value: number, sections: readonly FormatSection[]): { section: FormatSection; minus: boolean } | null {
  const [first, second, third] = sections;
  if (!first) return null;
  if (sections.some((section) => section.condition)) {
    const fitting = sections.slice(0, 3).find((section) => !section.condition || holds(section.condition, value));
    return fitting ? { section: fitting, minus: value < 0 } : null;
  }
  if (value < 0 && second) return { section: second, minus: false };
  if (value === 0 && third) return { section: third, minus: false };
  return { section: first, minus: value < 0 };
}

function holds(condition: { sign: string; limit: number }, value: number): boolean {
  const { sign, limit } = condition;
  if (sign === '=') return value === limit;
  if (sign === '<>') return value !== limit;
  if (sign.startsWith('<')) return value < limit || (sign === '<=' && value === limit);
  return value > limit || (sign === '>=' && value === limit);
}

function parseSection(tokens: readonly string[]): FormatSection {
  const sort = sortOf(tokens);
  const whole: FormatPart[] = [];
  const fraction: FormatPart[] = [];
  let behindPoint = false;
  let commas = 0;
  let groups = false;
  let factor = 1;
  for (const token of tokens) {
    const into = behindPoint ? fraction : whole;
    if (token === '.' && !behindPoint) behindPoint = true;
    else if (token === ',' && (behindPoint || whole.some(isPlace))) commas++;
    else if (token === '0' || token === '#' || token === '?') {
      if (commas > 0 && !behindPoint) groups = true;
      commas = 0;
      into.push({ place: token, literal: '' });
    } else {
      if (token === '%') factor *= 100;
      const literal = literalOf(token);
      if (literal !== '') into.push({ place: null, literal });
    }
  }
  const decimals = Math.min(fraction.filter(isPlace).length, DECIMALS_MAX);
  const wholePlaces = whole.filter(isPlace).length;
  const placed = wholePlaces + decimals > 0;
  const split = placed ? fraction : [];
  return {
    sort: sort === 'number' && !placed && whole.length === 0 ? 'general' : sort,
    condition: conditionOf(tokens),
    whole: wholePlaces > 0 || !placed ? whole : [...whole, { place: '#', literal: '' }],
    fraction: split,
    wholePlaces: wholePlaces > 0 || !placed ? wholePlaces : 1,
    decimals,
    groups,
    factor,
    divisor: 1000 ** Math.min(commas, 5),
    shows: placed || whole.length > 0,
  };
}

/** A section with places for digits is a number's, but for the parts of a second (`ss.00`). */
function sortOf(tokens: readonly string[]): FormatSection['sort'] {
  let date = false;
  let time = false;
  let month = false;
  let digits = false;
  let lastLetter = '';
  for (const token of tokens) {
    const letter = token.toLowerCase();
    if (letter === 'general' || letter === 'g/標準' || letter === '@') return 'general';
    if (letter === 'e+' || letter === 'e-' || (letter === '/' && digits)) return 'general';
    if (/^[ydgea]$/.test(letter)) date = true;
    else if (/^[hs]$|^\[(?:h+|m+|s+)\]$|^am\/pm$|^a\/p$/.test(letter)) time = true;
    else if (letter === 'm') month = true;
    else if (/^[0#?]$/.test(letter) && lastLetter !== 's') digits = true;
    if (/^[a-z]$/.test(letter)) lastLetter = letter;
  }
  if (digits) return 'number';
  if (date || (month && !time)) return 'date';
  return time ? 'time' : 'number';
}

function conditionOf(tokens: readonly string[]): FormatSection['condition'] {
  for (const token of tokens) {
    const parts = /^\[(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)\]$/.exec(token);
    if (parts) return { sign: parts[1]!, limit: Number(parts[2]) };
  }
  return null;
}

function literalOf(token: string): string {
  if (token.startsWith('"')) return token.slice(1, token.length > 1 && token.endsWith('"') ? -1 : undefined);
  if (token.startsWith('\\')) return token.slice(1);
  // As wide as a character, or filled up with one: nothing to read.
  if (token.startsWith('_') || token.startsWith('*')) return '';
  // [$¥-411]: a currency sign, then the locale.
  if (token.startsWith('[')) return /^\[\$([^-\]]{0,20})/.exec(token)?.[1] ?? '';
  return token;
}

function isPlace(part: FormatPart): boolean {
  return part.place !== null;
}
