/** Which character separates the values of a table in text, judged by its first rows; null for a text that is no table. */
import { RowSplitter } from './csv-split.js';

export type Separator = ',' | '\t' | ';' | '|';

export interface Dialect {
  readonly separator: Separator;
  /** Rows with the most frequent number of columns, as a share of all rows that hold something. */
  readonly share: number;
  readonly columns: number;
  /** Rows that hold something. */
  readonly rows: number;
}

const SEPARATORS: readonly Separator[] = [',', '\t', ';', '|'];
const SAMPLE_CHARS = 8 * 1024;
const SAMPLE_BOUNDS = { fieldCharsMax: 4096, rowCharsMax: SAMPLE_CHARS, columnsMax: 16_384 };

/** The best dialect of a text's beginning, null when no separator gives two columns anywhere. `whole`: the text ends with the sample. */
export function judgeDialect(text: string, whole: boolean): Dialect | null {
  const sample = text.slice(0, SAMPLE_CHARS);
  let best: Dialect | null = null;
  for (const separator of SEPARATORS) {
    if (!sample.includes(separator)) continue;
    const dialect = measure(sample, separator, whole && sample.length === text.length);
    if (dialect && (!best || weight(dialect) > weight(best))) best = dialect;
  }
  return best;
}

/** Commas stand inside the cells of other tables, tabs hardly ever do. */
const TRUST: Readonly<Record<Separator, number>> = { '\t': 1.1, ',': 1, ';': 1, '|': 0.9 };

/** Consistent rows first, then many columns: `1,234` in a tab-separated table gives two columns in some rows only. */
function weight(dialect: Dialect): number {
  return dialect.share * Math.min(dialect.columns, 8) * TRUST[dialect.separator];
}

/** Titles above a table and remarks below it have a single column: they are not counted against it as long as they are few. */
function measure(sample: string, separator: Separator, whole: boolean): Dialect | null {
  const rows: string[][] = [];
  const splitter = new RowSplitter(separator, SAMPLE_BOUNDS);
  splitter.push(sample, rows);
  if (whole || rows.length === 0) splitter.end(rows);
  const widths = rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length);
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  let columns = 0;
  let most = 0;
  for (const [width, count] of counts) {
    if (count > most || (count === most && width > columns)) {
      columns = width;
      most = count;
    }
  }
  if (columns === 0) return null;
  const titles = Math.min(
    widths.findIndex((width) => width > 1),
    5,
  );
  return { separator, columns, rows: widths.length, share: most / Math.max(1, widths.length - titles) };
}

/** True when a text without a telling name is a table rather than prose: two rows at least, alike in their columns. */
export function isTable(dialect: Dialect): boolean {
  if (dialect.rows < 2) return false;
  return dialect.share >= (dialect.columns === 2 && dialect.separator !== '\t' ? 0.95 : 0.8);
}
