/** Columns on a terminal: a Japanese character takes two places, a combining mark none. Widths are those of a terminal, not of a font. */
import { Chalk, type ChalkInstance } from 'chalk';

/** East Asian Wide and Fullwidth, and emoji (Unicode Standard Annex 11). Ambiguous characters such as ○ count one place. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{Mn}|\p{Me}|\u200c|\u200d/u;

/** Places that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += NO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

export type Align = 'left' | 'right';

/**
 * Rows as aligned lines, two places between columns and nothing after the last one. `paint` colours a finished cell and must not
 * change its width.
 */
export function alignRows(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string[] {
  const widths = aligns.map((_, column) => rows.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 0));
  return rows.map((row, rowIndex) => {
    const cells = row.map((cell, column) => {
      const last = column === row.length - 1;
      const padded = aligns[column] === 'right' ? padStart(cell, widths[column]!) : last ? cell : padEnd(cell, widths[column]!);
      return paint(padded, column, rowIndex);
    });
    return cells.join('  ').trimEnd();
  });
}

/** Colours only when asked: the caller knows whether its output is a terminal, this part does not look. */
export function painter(color: boolean): ChalkInstance {
  return new Chalk({ level: color ? 1 : 0 });
}
