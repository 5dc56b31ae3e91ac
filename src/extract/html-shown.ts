/**
 * What a page has shown of late, so that an attribute that only repeats it is not told a second time: `data-v` and `title` of programs that write tables
 * hold each cell's text once more. Exact texts are compared, never digests: a text must not be lost because another one has the same.
 */

/** Texts and characters of one generation; two are held. What was shown longer ago counts as not shown: it is told once more, never lost. */
const TEXTS_MAX = 20_000;
const CHARS_MAX = 1024 * 1024;
/** Longer texts are compared with their own line or row alone. */
const TEXT_CHARS_MAX = 2_000;
/** Attributes that wait for the line or row they belong to. */
const OPEN_MAX = 64;
/** Of a row so many characters are compared with its attributes. */
const ROW_CHARS_MAX = 64 * 1024;
/** What parts the values of an attribute that holds several cells of its row. */
const PARTS = /[\s,、，;；:：|/／()（）]+/u;

/** A text of an attribute; `repeats` once it was seen to stand in the page. */
export interface Aside {
  readonly text: string;
  repeats: boolean;
}

export class ShownTexts {
  #recent = new Set<string>();
  #older = new Set<string>();
  #chars = 0;
  #open: Aside[] = [];

  /** An attribute of an element whose text is yet to come. */
  open(aside: Aside): void {
    this.#open.push(aside);
    if (this.#open.length > OPEN_MAX * 16) this.#open = this.#open.filter((one) => !this.has(one.text)).slice(-OPEN_MAX);
  }

  /** What one line or cell holds. */
  #add(shown: string): void {
    if (shown.length > TEXT_CHARS_MAX) return;
    const text = unspaced(shown);
    if (text === '' || this.#recent.has(text)) return;
    if (this.#recent.size >= TEXTS_MAX || this.#chars + text.length > CHARS_MAX) {
      this.#older = this.#recent;
      this.#recent = new Set();
      this.#chars = 0;
    }
    this.#recent.add(text);
    this.#chars += text.length;
  }

  /** A line or row has ended: attributes since the last one that stand in it, as a whole or value by value, repeat it. */
  end(texts: readonly string[]): void {
    for (const text of texts) this.#add(text);
    if (this.#open.length === 0) return;
    const left = this.#open.filter((aside) => !this.#marks(aside, this.has(aside.text))).slice(-OPEN_MAX);
    const whole = left.length === 0 ? '' : unspaced(texts.join('\n').slice(0, ROW_CHARS_MAX));
    this.#open = left.filter((aside) => !this.#marks(aside, standsIn(whole, aside.text)));
  }

  has(text: string): boolean {
    const plain = unspaced(text);
    return this.#recent.has(plain) || this.#older.has(plain);
  }

  #marks(aside: Aside, repeats: boolean): boolean {
    if (repeats) aside.repeats = true;
    return repeats;
  }
}

function standsIn(whole: string, text: string): boolean {
  if (whole.includes(unspaced(text))) return true;
  const parts = text.split(PARTS, 65).filter((part) => part !== '');
  return parts.length > 0 && parts.length <= 64 && parts.every((part) => whole.includes(part));
}

/** White space shows differently in an attribute and in a page. */
function unspaced(text: string): string {
  return /\s/.test(text) ? text.replace(/\s+/g, '') : text;
}
