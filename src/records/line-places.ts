/** Finds the line, and its place in the document, of an offset in a text made of several blocks. Its list of lines is made only when asked for. */
import type { Where } from '../model.js';

export interface Piece {
  readonly where: Where;
  /** Offset of its first code unit in the joined text. */
  readonly start: number;
}

export interface LinePlace {
  readonly where: Where;
  readonly text: string;
  /** UTF-16 code units of the joined text, `end` exclusive and without the line end. */
  readonly start: number;
  readonly end: number;
}

export class LinePlaces {
  readonly #text: string;
  readonly #pieces: readonly Piece[];
  #starts: readonly number[] | null = null;

  constructor(text: string, pieces: readonly Piece[]) {
    this.#text = text;
    this.#pieces = pieces;
  }

  /** The line of an offset, counted from 0 in the joined text. */
  lineAt(offset: number): number {
    return lastAtMost(this.#lines(), offset, (start) => start);
  }

  /** Lines of the text. */
  get count(): number {
    return this.#lines().length;
  }

  lineText(line: number): string {
    const starts = this.#lines();
    const end = line + 1 < starts.length ? starts[line + 1]! - 1 : this.#text.length;
    return this.#text.slice(starts[line], end).replace(/\r$/, '');
  }

  lineWhere(line: number): Where {
    const starts = this.#lines();
    const piece = this.#pieces[lastAtMost(this.#pieces, starts[line]!, (one) => one.start)]!;
    const lines = line - this.lineAt(piece.start);
    return lines === 0 ? piece.where : { ...piece.where, line: (piece.where.line ?? 1) + lines };
  }

  at(offset: number): LinePlace {
    const line = this.lineAt(offset);
    const text = this.lineText(line);
    const start = this.#lines()[line]!;
    return { where: this.lineWhere(line), text, start, end: start + text.length };
  }

  #lines(): readonly number[] {
    this.#starts ??= lineStarts(this.#text);
    return this.#starts;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return starts;
}

/** The index of the last item whose start is not behind the offset. */
function lastAtMost<Item>(items: readonly Item[], offset: number, startOf: (item: Item) => number): number {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(items[middle]!) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
