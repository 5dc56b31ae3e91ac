/**
 * The texts in a script of a page: strings, and the groups (objects, lists) that they stand in, so that what belongs to one person stays in one line. It
 * runs nothing and understands no program: it tells strings from the rest, and takes those that can be somebody's text.
 */
import { FileProblem } from '../problem.js';

/** Characters of all texts of one script that are kept. */
export const SCRIPT_CHARS_MAX = 16 * 1024 * 1024;
const STRING_CHARS_MAX = 100_000;
const DEPTH_MAX = 200;
/** Strings of one line; a longer list goes on in the next one. */
const LINE_ITEMS_MAX = 100;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', b: '', f: '', v: ' ', 0: '' };
/** Behind one of these (or at the beginning) a slash begins a pattern, not a division. */
const BEFORE_PATTERN = /[(,=:[!&|?{};+\-*%~^<>]$|(?:^|[^\w$])(?:return|typeof|case|in|of|do|else|void|delete)$/;

interface Group {
  readonly items: string[];
  /** A label that stands before a value: `name:` or `"name":`. */
  label: string;
}

/** One line for each group of values, `label: value` with tabs between them. Throws FileProblem('too-large') past SCRIPT_CHARS_MAX. */
export function readScript(script: string): readonly string[] {
  return new ScriptReading(script).lines();
}

class ScriptReading {
  readonly #script: string;
  readonly #lines: string[] = [];
  readonly #groups: Group[] = [{ items: [], label: '' }];
  /** Up to where a quote is known not to be closed. */
  readonly #unclosed = new Map<string, number>();
  #at = 0;
  #chars = 0;

  constructor(script: string) {
    this.#script = script;
  }

  lines(): readonly string[] {
    // Words, numbers and single signs; what begins a string, a comment or a pattern is looked at below.
    const token = /["'`]|\/[/*]?|[[\](){},;:]|[\p{L}_$][\p{L}\p{N}_$]{0,200}|-?\d[\d.]{0,40}|\n/gu;
    while (this.#at < this.#script.length) {
      token.lastIndex = this.#at;
      const found = token.exec(this.#script);
      if (!found) break;
      const [sign] = found;
      this.#at = found.index + sign.length;
      this.#take(sign, found.index);
    }
    while (this.#groups.length > 1) this.#close();
    this.#end(this.#groups[0]!);
    return this.#lines;
  }

  #take(sign: string, start: number): void {
    const group = this.#groups.at(-1)!;
    switch (sign) {
      case '"':
      case "'":
      case '`':
        this.#value(this.#string(sign));
        return;
      case '//':
        this.#comment(this.#upTo('\n', 0));
        return;
      case '/*':
        this.#comment(this.#upTo('*/', 2));
        return;
      case '/':
        this.#pattern(start);
        return;
      case '[':
      case '{':
      case '(':
        if (this.#groups.length < DEPTH_MAX) this.#groups.push({ items: [], label: '' });
        return;
      case ']':
      case '}':
      case ')':
        if (this.#groups.length > 1) this.#close();
        return;
      case ';':
        this.#end(group);
        return;
      case ',':
      case ':':
      case '\n':
        return;
    }
    if (this.#isLabel()) group.label = sign;
    else if (/^-?\d/.test(sign)) this.#value(sign);
  }

  /** Whether a colon follows. */
  #isLabel(): boolean {
    let at = this.#at;
    while (this.#script[at] === ' ' && at < this.#at + 9) at++;
    return this.#script[at] === ':';
  }

  #value(text: string): void {
    const group = this.#groups.at(-1)!;
    if (this.#isLabel()) {
      group.label = text;
      return;
    }
    const value = text.includes('<') ? text.replace(/<[^<>]{0,2000}>/g, ' ') : text;
    if (value.trim() !== '') group.items.push(group.label === '' ? value.trim() : `${group.label}: ${value.trim()}`);
    group.label = '';
    if (group.items.length >= LINE_ITEMS_MAX) this.#end(group);
  }

  #close(): void {
    const group = this.#groups.pop()!;
    this.#end(group);
    this.#groups.at(-1)!.label = '';
  }

  #end(group: Group): void {
    const { items } = group;
    if (items.some(isText)) this.#keep(items.join('\t'));
    items.length = 0;
    group.label = '';
  }

  #comment(text: string): void {
    for (const line of text.split('\n')) if (/[^\u0000-\u007f]/.test(line)) this.#keep(line.trim());
  }

  #keep(line: string): void {
    this.#chars += line.length;
    if (this.#chars > SCRIPT_CHARS_MAX)
      throw new FileProblem('too-large', `html: script with more than ${SCRIPT_CHARS_MAX} characters of text`);
    this.#lines.push(line);
  }

  /** Up to `mark`, and behind it. */
  #upTo(mark: string, behind: number): string {
    const found = this.#script.indexOf(mark, this.#at);
    const end = found < 0 ? this.#script.length : found;
    const text = this.#script.slice(this.#at, end);
    this.#at = Math.min(this.#script.length, end + behind);
    return text;
  }

  /** A pattern may hold quotes, which begin no strings. It ends in its line; where it does not, the slash was a division. */
  #pattern(start: number): void {
    const before = this.#script.slice(Math.max(0, start - 20), start).trimEnd();
    if (before !== '' && !BEFORE_PATTERN.test(before)) return;
    const pattern = /(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,100}\]){1,200}\//y;
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#script)) this.#at = pattern.lastIndex;
  }

  /** Behind its opening quote: what it says, and to behind its closing one. A quote that is never closed in its line is none. */
  #string(quote: string): string {
    const script = this.#script;
    const first = this.#at;
    if (first < (this.#unclosed.get(quote) ?? 0)) return '';
    let text = '';
    let from = first;
    let at = first;
    for (; at < script.length && at - first < STRING_CHARS_MAX; at++) {
      const sign = script[at]!;
      if (sign === quote) {
        this.#at = at + 1;
        return text + script.slice(from, at);
      }
      if (sign === '\n' && quote !== '`') break;
      if (sign !== '\\') continue;
      text += script.slice(from, at);
      const escaped = /u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})/iy;
      escaped.lastIndex = at + 1;
      const code = escaped.exec(script);
      if (code) {
        const point = Number.parseInt(code[1] ?? code[2] ?? code[3]!, 16);
        text += point <= 0x10ffff ? String.fromCodePoint(point) : '';
        at = escaped.lastIndex - 1;
      } else {
        at++;
        const next = script[at] ?? '';
        text += ESCAPES[next] ?? (next === '\n' ? '' : next);
      }
      from = at + 1;
    }
    this.#unclosed.set(quote, at);
    return '';
  }
}

/** Beyond ASCII, or a number as long as those of persons: what programs call things is neither. */
function isText(item: string): boolean {
  return /[^\u0000-\u007f]/.test(item) || /(?:^|: )\d[\d -]{8,}$/.test(item);
}
