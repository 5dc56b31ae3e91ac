/**
 * A table whose rows tell their cells' right edges, as in RTF and older Word files: merged cells are simply wider there. Rows are brought to
 * the columns of the most usual row, so that a merged cell does not move those behind it.
 */
import { limits } from '../limits.js';
import type { Row } from '../model.js';

/** Edges that a hand has dragged are this much apart (in twips, 1/20 pt) and still meant as one. */
const SAME_EDGE_TWIPS = 60;

interface EdgedRow {
  readonly cells: string[];
  readonly edges: readonly number[];
}

export class GridTable {
  readonly #rows: EdgedRow[] = [];

  /** `edges`: right edges from the left margin, in twips; those of another count than the cells are not used. */
  add(cells: readonly string[], edges: readonly number[]): void {
    this.#rows.push({ cells: cells.slice(0, limits.columnsMax), edges });
  }

  get empty(): boolean {
    return this.#rows.length === 0;
  }

  /** The rows so far, brought to one grid; the table is then empty. */
  take(): Row[] {
    const rows = this.#rows.splice(0);
    const columns = usualCount(rows);
    const grid = rows.find(({ cells, edges }) => cells.length === columns && edges.length === columns)?.edges;
    return rows.map((row) => {
      const { cells, edges } = row;
      if (!grid || cells.length >= columns || edges.length !== cells.length) return cells;
      return spread(row, grid);
    });
  }
}

/** How many cells most rows have; of equally many the larger. */
function usualCount(rows: readonly EdgedRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [count, times] of counts) {
    if (times < most || (times === most && count < best)) continue;
    best = count;
    most = times;
  }
  return best;
}

/** Each cell stands in the column where it begins. */
function spread({ cells, edges }: EdgedRow, grid: readonly number[]): string[] {
  const row: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const left = index === 0 ? -Infinity : edges[index - 1]!;
    let column = row.length;
    while (column < grid.length - (cells.length - index) && grid[column]! <= left + SAME_EDGE_TWIPS) {
      row.push('');
      column += 1;
    }
    row.push(cell);
  }
  return row;
}
