/**
 * Separated values as rows of cells: RFC 4180 and what Japanese offices make of it. It works on strings that come in pieces and holds one
 * row; it decides nothing about encodings, and what a column means is not its business.
 */

export interface SplitBounds {
  /** A quoted field, and a row, of more characters than this is taken as badly quoted, or cut. */
  readonly fieldCharsMax: number;
  readonly rowCharsMax: number;
  readonly columnsMax: number;
}

/** What was met, in rows: a lone quote that never closes, and rows that had to be cut. */
export interface SplitTrouble {
  openQuotes: number;
  cutRows: number;
}

/**
 * The next place of a character, remembered: without that, a character that stands nowhere in a megabyte would be searched again for
 * each row, and the time would grow with the square.
 */
class Finder {
  private found = -2;

  constructor(private readonly char: string) {}

  reset(): void {
    this.found = -2;
  }

  /** From `from` on, which never goes back; the length of the text when there is none. */
  next(text: string, from: number): number {
    if (this.found < from) {
      const at = text.indexOf(this.char, from);
      this.found = at < 0 ? text.length : at;
    }
    return this.found;
  }
}

export class RowSplitter {
  readonly trouble: SplitTrouble = { openQuotes: 0, cutRows: 0 };
  private rest = '';
  /** Settled by the first piece that has a line end: a file with LF may hold a CR in a cell. */
  private lineEnd = '';
  private readonly separators: Finder;
  private readonly quotes = new Finder('"');
  private lineEnds = new Finder('\n');
  /** Where the field that was read last ended; -1: the text ended inside it. */
  private at = 0;

  constructor(
    private readonly separator: string,
    private readonly bounds: SplitBounds,
  ) {
    this.separators = new Finder(separator);
  }

  /** The rows that end in this piece, added to `rows`. */
  push(piece: string, rows: string[][]): void {
    const text = this.rest === '' ? piece : this.rest + piece;
    this.rest = text.slice(this.split(text, rows, false));
  }

  /** What is left when the text has ended, added to `rows`. */
  end(rows: string[][]): void {
    const text = this.rest;
    this.rest = '';
    if (text !== '') this.split(text, rows, true);
  }

  /** Splits whole rows and returns where the first incomplete one begins. */
  private split(text: string, rows: string[][], ended: boolean): number {
    this.settleLineEnd(text, ended);
    this.restartFinders();
    let start = 0;
    while (start < text.length) {
      const end = this.lineEnds.next(text, start);
      const next =
        this.quotes.next(text, start) < end ? this.quotedRow(text, start, rows, ended) : this.plainRow(text, start, end, rows, ended);
      if (next >= 0) start = next;
      else if (text.length - start <= this.bounds.rowCharsMax) return start;
      else start = this.cutRow(text, start, rows);
    }
    return text.length;
  }

  private restartFinders(): void {
    this.separators.reset();
    this.quotes.reset();
    this.lineEnds.reset();
  }

  private settleLineEnd(text: string, ended: boolean): void {
    if (this.lineEnd !== '') return;
    const cr = text.indexOf('\r');
    // A CR at the very end may be the first half of a CR LF.
    if (text.includes('\n')) this.lineEnd = '\n';
    else if (cr >= 0 && (cr < text.length - 1 || ended)) this.lineEnd = '\r';
    this.lineEnds = new Finder(this.lineEnd || '\n');
  }

  /** Returns where the next row begins, -1 when the text ends before the row does. */
  private plainRow(text: string, start: number, end: number, rows: string[][], ended: boolean): number {
    if (end === text.length && !ended) return -1;
    this.addPlain(text, start, end, rows);
    return end + 1;
  }

  private addPlain(text: string, start: number, lineEnd: number, rows: string[][]): void {
    const end = this.beforeCr(text, start, lineEnd);
    if (start === end) {
      rows.push([]);
      return;
    }
    const row: string[] = [];
    let from = start;
    for (let at = this.separators.next(text, from); at < end; at = this.separators.next(text, from)) {
      row.push(text.slice(from, at));
      from = at + 1;
    }
    row.push(text.slice(from, end));
    this.add(row, rows);
  }

  private beforeCr(text: string, start: number, end: number): number {
    return this.lineEnd !== '\r' && end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  /** A row with quotes in it; returns where the next begins, -1 when the text ends before the row does. */
  private quotedRow(text: string, start: number, rows: string[][], ended: boolean): number {
    const row: string[] = [];
    let from = start;
    for (;;) {
      row.push(this.field(text, from, ended));
      if (this.at < 0 || (this.at >= text.length && !ended)) return -1;
      from = this.at + 1;
      if (text[this.at] === this.separator) continue;
      this.add(row, rows);
      return from;
    }
  }

  /** One field; `this.at` is then at the separator or line end behind it, or -1 when more text is needed. */
  private field(text: string, start: number, ended: boolean): string {
    let open = start;
    while (text.charCodeAt(open) === 0x20 && open - start < 16) open++;
    // Excel writes ="0123" to keep digits as text.
    const formula = text.charCodeAt(open) === 0x3d && text.charCodeAt(open + 1) === 0x22;
    if (formula) open++;
    if (text.charCodeAt(open) === 0x22) {
      const value = this.quoted(text, open, ended);
      if (value !== null) return value;
      this.trouble.openQuotes++;
    }
    return this.bare(text, start, ended);
  }

  /** A field in quotes, null when its quote never closes within bounds: it is then a character like others. */
  private quoted(text: string, open: number, ended: boolean): string | null {
    let value = '';
    let from = open + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if ((quote < 0 ? text.length : quote) - open > this.bounds.fieldCharsMax) return null;
      if (quote < 0 || (quote === text.length - 1 && !ended)) {
        if (ended) return null;
        this.at = -1;
        return '';
      }
      value += text.slice(from, quote);
      if (text.charCodeAt(quote + 1) !== 0x22) {
        if (this.isStray(text, open, quote)) return null;
        const behind = this.bare(text, quote + 1, ended);
        return unwrapFormula(behind === '' ? value : value + behind);
      }
      value += '"';
      from = quote + 2;
    }
  }

  /** A quote that seems to close rows later, in the middle of a word: it opened nothing, and must not swallow the rows between. */
  private isStray(text: string, open: number, close: number): boolean {
    let at = close + 1;
    while (text.charCodeAt(at) === 0x20 && at - close < 16) at++;
    const behind = text[at];
    if (behind === undefined || behind === this.separator || behind === '\r' || behind === '\n') return false;
    return this.lineEnds.next(text, open) < close;
  }

  private bare(text: string, start: number, ended: boolean): string {
    const separator = this.separators.next(text, start);
    const line = this.lineEnds.next(text, start);
    if (separator < line) {
      this.at = separator;
      return text.slice(start, separator);
    }
    if (line === text.length && !ended) {
      this.at = -1;
      return '';
    }
    this.at = line;
    return text.slice(start, this.beforeCr(text, start, line));
  }

  /** A row beyond the bound is handed on in pieces, cut at a separator where there is one. */
  private cutRow(text: string, start: number, rows: string[][]): number {
    this.trouble.cutRows++;
    // The finders may have looked further than this row's cut.
    this.restartFinders();
    const bound = start + this.bounds.rowCharsMax;
    const cut = text.lastIndexOf(this.separator, bound - 1);
    const end = cut > start ? cut : bound;
    this.addPlain(text, start, end, rows);
    return cut > start ? end + 1 : end;
  }

  private add(row: string[], rows: string[][]): void {
    if (row.length <= this.bounds.columnsMax) {
      rows.push(row);
      return;
    }
    this.trouble.cutRows++;
    for (let at = 0; at < row.length; at += this.bounds.columnsMax) rows.push(row.slice(at, at + this.bounds.columnsMax));
  }
}

/** `="0123"`, written inside a quoted field, as `0123`. */
function unwrapFormula(value: string): string {
  return value.length >= 3 && value.startsWith('="') && value.endsWith('"') ? value.slice(2, -1) : value;
}
