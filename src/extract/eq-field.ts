/**
 * What a Word field of the sort EQ shows: Japanese Word writes ruby and enclosed characters so, with the text in the field's code
 * (ECMA-376 Part 1, 17.16.5.18). It knows the two forms that Word makes and gives the bare text of others.
 */

export interface EqText {
  readonly base: string;
  /** '' where nothing stands above the text. */
  readonly ruby: string;
}

const CODE_CHARS_MAX = 2_000;
/** `EQ \* jc2 \* "Font:…" \* hps10 \o\ad(\s\up 9(ruby),base)` */
const RUBY = /\\s\s{0,3}\\(?:up|do)\s{0,3}-?\d{1,4}\s{0,3}\(([^()]{1,200})\)\s{0,3}[,;]([^()]{1,200})\)/i;

/** Null when the code is that of another field. */
export function readEqField(code: string): EqText | null {
  if (!/^\s{0,9}EQ\b/i.test(code)) return null;
  const bounded = code.slice(0, CODE_CHARS_MAX);
  const ruby = RUBY.exec(bounded);
  if (ruby) return { base: ruby[2]!, ruby: ruby[1]! };
  const open = bounded.indexOf('(');
  if (open < 0) return { base: '', ruby: '' };
  const base = bounded
    .slice(open)
    .replace(/\\\*\s{0,3}(?:"[^"]{0,99}"|\w{1,20})/g, '')
    .replace(/\\[a-z]{1,2}\s{0,3}-?\d{0,4}/gi, '')
    .replace(/[(),;]/g, '');
  return { base: base.trim(), ruby: '' };
}
