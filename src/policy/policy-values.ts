/** The values that a policy file writes as words (spans of time, days, globs), and what is wrong with one that does not fit. Pure. */
import type { Told } from '../problem.js';

const YEAR_DAYS = 365.25;
/** A century: longer than any record has to be kept; anything above is a slip of the pen. */
const KEEP_DAYS_MAX = 36_525;
const GLOB_CHARS_MAX = 1_000;

export type Value<T> = { readonly value: T } | { readonly fault: Told };

/**
 * Whole days of a span: `90`, `90 days`, `90d`, `5 years`, `5y`, `90日`, `5年`; null for `forever` / `無期限`. A year is 365.25 days,
 * rounded over the whole span (1 year 365, 5 years 1,826).
 */
export function daysOf(text: string): Value<number | null> {
  if (/^(?:forever|無期限)$/i.test(text)) return { value: null };
  const [, digits, unit] = /^(\d{1,6})\s*(days?|d|日|years?|y|年)?$/i.exec(text) ?? [];
  if (digits === undefined)
    return refused('「90日」「5年」「無期限」のように期間を書いてください', 'expected a span such as "90 days", "5 years" or "forever"');
  const days = /^(?:y|年)/i.test(unit ?? '') ? Math.round(Number(digits) * YEAR_DAYS) : Number(digits);
  return days <= KEEP_DAYS_MAX
    ? { value: days }
    : refused(
        '期間は100年までです。限りがないときは「無期限」と書いてください',
        'a span may have at most 100 years; write "forever" for no limit',
      );
}

/** A whole number from `min` to `max`; K, M and G stand for 1,024 and its powers: `200`, `64K`, `8G`. */
export function amountIn(min: number, max: number): (text: string) => Value<number> {
  return (text) => {
    const [, digits, unit] = /^(\d{1,15})\s*([KMG]?)B?$/i.exec(text) ?? [];
    const value = digits === undefined ? -1 : Number(digits) * 1024 ** ' KMG'.indexOf((unit || ' ').toUpperCase());
    return value >= min && value <= max
      ? { value }
      : refused(
          `${min} から ${max} までの整数を書いてください（K、M、G も使えます）`,
          `expected a whole number from ${min} to ${max} (K, M and G may be used)`,
        );
  };
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function dayOf(text: string): Value<string> {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return refused('2027-03-31 のように日付を書いてください', 'expected a date such as 2027-03-31');
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text) ? { value: text } : refused('そのような日は暦にありません', 'the calendar has no such day');
}

/** A pattern on the path below a root. What can never match is refused, because a rule that silently does nothing is worse than none. */
export function globOf(text: string): Value<string> {
  if (text === '') return refused('空のパターンは何にも合いません', 'an empty pattern matches nothing');
  if (text.length > GLOB_CHARS_MAX)
    return refused(`パターンは${GLOB_CHARS_MAX}文字までです`, `a pattern may have at most ${GLOB_CHARS_MAX} characters`);
  if (/^(?:\/|[A-Za-z]:)/.test(text))
    return refused(
      '見回るフォルダーから下の場所で書きます。先頭の「/」やドライブ名は取ってください',
      'patterns are matched below the root: leave out the leading "/" or drive',
    );
  if (text.startsWith('!'))
    return refused('「!」で始めることはできません。対象にするものを書いてください', 'a pattern can\'t begin with "!"; list what is meant');
  if (/\\(?![()[\]{}!?+@])/.test(text))
    return refused(
      'フォルダーの区切りは「/」で書きます。「\\」は ()[]{}!?+@ の前だけに使えます',
      'write "/" between folders; "\\" only stands before one of ()[]{}!?+@',
    );
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(text))
    return refused('「.」や「..」という名前のフォルダーはありません', '"." and ".." don\'t occur in paths below the root');
  if (/(?:^|[^\\!?+*@])\(/.test(text))
    return refused(
      '名前の中の「(」は「\\(」と書いてください',
      '"(" groups patterns only after one of !?+*@; write "\\(" for the character itself',
    );
  return unclosed(text) ?? { value: text };
}

export function writtenOf(text: string): Value<string> {
  return text.trim() === '' ? refused('空にはできません', 'must not be empty') : { value: text };
}

/** A name of persons or places: without a letter (`3`, a mark) it would be a slip, and found nowhere or everywhere. */
export function wordOf(text: string): Value<string> {
  return text.trim() === '' || /\p{L}/u.test(text)
    ? writtenOf(text)
    : refused('名前を書いてください（文字が一つもありません）', 'expected a name, and there is no letter in it');
}

/** The SID of a domain or machine. */
export function domainSidOf(text: string): Value<string> {
  return /^S-1-5-21(?:-\d{1,10}){3}$/i.test(text)
    ? { value: text.toUpperCase() }
    : refused(
        'ドメインの SID（S-1-5-21- のあとに数字が三つ）を書いてください',
        'expected the SID of a domain: S-1-5-21- and three numbers',
      );
}

const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };

function refused(ja: string, en: string): { readonly fault: Told } {
  return { fault: { ja, en } };
}

function unclosed(glob: string): { readonly fault: Told } | null {
  const awaited: string[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (char === '\\') at++;
    else if (awaited.at(-1) === char) awaited.pop();
    else if (awaited.at(-1) !== ']' && CLOSERS[char] !== undefined) awaited.push(CLOSERS[char]);
    else if (awaited.at(-1) !== ']' && Object.values(CLOSERS).includes(char))
      return refused(
        `名前の中の「${char}」は「\\${char}」と書いてください`,
        `"${char}" closes nothing; write "\\${char}" for the character itself`,
      );
  }
  const missing = awaited.at(-1);
  return missing === undefined ? null : refused(`閉じる「${missing}」がありません`, `"${missing}" is missing at the end of a group`);
}

/** The known word that is nearest to a mistyped one, at most a third of its letters away; null when none is. */
export function nearestOf(text: string, known: readonly string[]): string | null {
  const bound = Math.max(1, Math.floor(text.length / 3));
  let best: string | null = null;
  let bestDistance = bound + 1;
  for (const word of known) {
    if (Math.abs(word.length - text.length) >= bestDistance) continue;
    const distance = editDistance(text.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

/** Letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = old[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, old[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
    }
    [older, old] = [old, row];
  }
  return old[b.length]!;
}
