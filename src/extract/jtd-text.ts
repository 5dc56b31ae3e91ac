/**
 * One text of an Ichitaro document (`SsmgV.01`): units of 16 bits, the upper byte first, with control codes between. As the OpenJTD project and jtdlib
 * describe them from documents of Ichitaro 8 to 2023; a code that is not known ends a word and nothing more.
 */
import { limits } from '../limits.js';

export type JtdPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** Readings above words and instructions of templates. */
  | { readonly kind: 'aside'; readonly text: string };

/** `TextV.01` and the count of units stand before a text that begins without a mark. */
const TEXT_BEGINS = 32;
const RUN = 0x1f;
const RECORD = 0x1c;
const INLINE_START = 0x1d;
const INLINE_END = 0x1e;
const ROW_END = 0x0e;
const INLINE_RECORD = 0x0001;
const CELL_RECORD = 0x0030;
/** Records are a few dozen units long; a longer one is a unit of something else. */
const RECORD_UNITS_MAX = 4_096;
/** The end of an inline text is a record of some units, which ends with the mark of a run. */
const END_UNITS_MAX = 16;
const ASIDE_CHARS_MAX = 1_000_000;

export function readJtdText(bytes: Buffer): JtdPart[] {
  const reader = new JtdReader(bytes);
  reader.read();
  return reader.parts;
}

class JtdReader {
  readonly parts: JtdPart[] = [];
  #at = 0;
  readonly #units: number;
  /** False in what stands before the first text, and in what is no text. */
  #inText = false;
  #text: string[] = [];
  #rows: string[][] = [];
  /** The cells of the row that is read; null outside of a table. */
  #cells: string[] | null = null;
  /** Where an aside began in `#text`; -1 outside. */
  #asideFrom = -1;
  #asides: string[] = [];
  #asideChars = 0;

  constructor(private readonly bytes: Buffer) {
    this.#units = bytes.length >> 1;
    if (bytes.toString('latin1', 20, 28) === 'TextV.01' && bytes.length > TEXT_BEGINS) {
      this.#at = TEXT_BEGINS / 2;
      this.#inText = true;
      this.#units = Math.min(this.#units, this.#at + bytes.readUInt32BE(28));
    } else this.#at = 4;
  }

  read(): void {
    while (this.#at < this.#units) {
      const unit = this.#unit(this.#at);
      if (unit === RECORD) this.#record();
      else if (unit === INLINE_END) this.#inlineEnd();
      else {
        if (unit === RUN || unit === INLINE_START) this.#inText = true;
        else if (unit === ROW_END) this.#endRow();
        else if (this.#inText) this.#chars(unit);
        this.#at++;
      }
    }
    if (this.#cells) this.#endRow();
    this.#endTable();
    this.#endText();
    if (this.#asides.length > 0) this.parts.push({ kind: 'aside', text: this.#asides.join('\n') });
  }

  #unit(at: number): number {
    return at < this.#units ? this.bytes.readUInt16BE(at * 2) : 0;
  }

  /** `1C`, class, length in units, …; its last unit is the mark of what follows. */
  #record(): void {
    const kind = this.#unit(this.#at + 1);
    const units = this.#unit(this.#at + 2);
    const last = units >= 4 && units <= RECORD_UNITS_MAX ? this.#unit(this.#at + units - 1) : 0;
    if (last !== RUN && last !== INLINE_START) {
      // Not of the known form: what follows is no text until a mark says so.
      this.#at++;
      this.#inText = false;
      return;
    }
    if (kind === CELL_RECORD) this.#beginCell();
    else if (kind === INLINE_RECORD && last === INLINE_START && this.#unit(this.#at + 4) === 1) this.#asideFrom = this.#text.length;
    this.#inText = true;
    this.#at += units;
  }

  #inlineEnd(): void {
    this.#endAside();
    for (let at = this.#at + 1; at < this.#at + END_UNITS_MAX; at++) {
      if (this.#unit(at) !== RUN) continue;
      this.#at = at + 1;
      this.#inText = true;
      return;
    }
    this.#at++;
  }

  #endAside(): void {
    if (this.#asideFrom < 0) return;
    const text = this.#text.splice(this.#asideFrom).join('');
    this.#asideFrom = -1;
    this.#asideChars += text.length;
    if (text.trim() !== '' && this.#asideChars < ASIDE_CHARS_MAX) this.#asides.push(text);
  }

  /** One control code, or all characters up to the next one; ends at the last unit that it took. */
  #chars(unit: number): void {
    if (isChar(unit)) {
      const from = this.#at;
      while (isChar(this.#unit(this.#at + 1))) this.#at++;
      this.#text.push(
        Buffer.from(this.bytes.subarray(from * 2, this.#at * 2 + 2))
          .swap16()
          .toString('utf16le'),
      );
    } else if (unit === 0x09) this.#text.push('\t');
    else if (unit === 0x0a || unit === 0x0c || unit === 0x0d) this.#paragraphEnd();
    // Tabs, ends of paragraphs, pages and notes stand within a text, and fillings; other controls end it.
    else if (unit !== 0) this.#inText = false;
  }

  #paragraphEnd(): void {
    // Behind a table the text goes on.
    if (this.#cells === null && this.#rows.length > 0 && this.#text.length > 0) this.#endTable();
    this.#text.push('\n');
  }

  #beginCell(): void {
    this.#endAside();
    if (this.#cells === null) {
      if (this.#rows.length === 0) this.#endText();
      else if (this.#text.join('').trim() !== '') {
        this.#endTable();
        this.#endText();
      }
      this.#cells = [];
    } else if (this.#cells.length < limits.columnsMax) this.#cells.push(this.#takeText());
    else {
      // Wider than any table: what follows is a row of its own.
      this.#endRow();
      this.#cells = [];
    }
    this.#text = [];
  }

  #endRow(): void {
    this.#endAside();
    if (this.#cells === null) {
      this.#text.push('\n');
      return;
    }
    this.#cells.push(this.#takeText());
    if (this.#cells.some((cell) => cell !== '')) this.#rows.push(this.#cells);
    this.#cells = null;
  }

  #takeText(): string {
    const text = this.#text.join('').trim();
    this.#text = [];
    return text;
  }

  /** Rows that were read are a table; what was read behind them stays text. */
  #endTable(): void {
    if (this.#rows.length === 0) return;
    this.parts.push({ kind: 'table', rows: this.#rows });
    this.#rows = [];
  }

  #endText(): void {
    const text = this.#text.join('');
    this.#text = [];
    if (text.trim() !== '') this.parts.push({ kind: 'text', text });
  }
}

/** Blocks of private use hold Ichitaro's own signs. */
function isChar(unit: number): boolean {
  return unit >= 0x20 && (unit < 0x7f || unit >= 0xa0) && unit < 0xfffe;
}
