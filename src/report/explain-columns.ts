/**
 * Adds to the findings of a table's column what the column shows as a whole: the shape of its numbers, and how many of its cells are such values
 * (`cells:312/312`); to those of a labelled field the shape alone. It looks at places and masks alone, never at a value.
 */
import type { Kind } from '../../detectors/contract.js';
import type { Finding, Where } from '../model.js';

/** Codes with which records/ begins the reasons of a cell in a known column. */
const OF_COLUMN = /^column(?::|-cells$)/;
/** Kinds that are told by a count of digits; a birthdate or a telephone number has many notations. */
const COUNTED: ReadonlySet<Kind> = new Set<Kind>([
  'pension-number',
  'my-number',
  'resident-code',
  'employment-insurance',
  'driving-licence',
]);

interface Column {
  taken: number;
  refused: number;
  lastRow: number;
}

/**
 * `findings` and `rejected` in the order in which they stand in the file. Rejected cells count for a column when they were looked at as its kind;
 * where the caller has none, all cells seem to be taken, so it must ask for them.
 */
export function tellColumns(findings: readonly Finding[], rejected: readonly Finding[]): Finding[] {
  const columns = new Columns();
  const columnOf = findings.map((finding) => (OF_COLUMN.test(finding.why[0] ?? '') ? columns.take(finding) : null));
  for (const drop of rejected) columns.refuse(drop);
  return findings.map((finding, at) => {
    const column = columnOf[at];
    if (!column) return finding.why[0]?.startsWith('field:') ? { ...finding, why: [...finding.why, ...shapeOf(finding)] } : finding;
    const { taken, refused } = column;
    return { ...finding, why: [...finding.why, ...shapeOf(finding), `cells:${taken}/${taken + refused}`] };
  });
}

class Columns {
  /** The tables of a place, one below the other: a new one begins where rows count from the top again. */
  readonly #byKey = new Map<string, Column[]>();

  take(finding: Finding): Column {
    const key = `${keyOf(finding)}\n${finding.why[0]}`;
    const row = rowOf(finding.where);
    const list = this.#byKey.get(key) ?? [];
    let column = list.at(-1);
    if (column === undefined || row < column.lastRow) {
      column = { taken: 0, refused: 0, lastRow: row };
      list.push(column);
      this.#byKey.set(key, list);
      this.#last.set(keyOf(finding), list);
    }
    // Several pieces of one value may share a place: a line of a list has no cells to tell them apart.
    if (column.taken === 0 || column.lastRow !== row) column.taken++;
    column.lastRow = row;
    return column;
  }

  /** The columns that were last begun for a place and kind: what is refused there is counted to them. */
  readonly #last = new Map<string, Column[]>();

  refuse(drop: Finding): void {
    const list = this.#last.get(keyOf(drop));
    const row = rowOf(drop.where);
    // A row below the last one taken may still be the table's: its end is not known here.
    const column = list?.find(({ lastRow }) => row <= lastRow) ?? list?.at(-1);
    if (column) column.refused++;
  }
}

/** Kind and column, wherever the row stands. */
function keyOf({ kind, where }: Finding): string {
  const letters = /^[A-Z]+/.exec(where.cell ?? '')?.[0] ?? '';
  return `${kind}\n${where.part ?? ''}\n${where.sheet ?? ''}\n${where.page ?? ''}\n${letters}`;
}

function rowOf(where: Where): number {
  return where.line ?? Number(/[0-9]+$/.exec(where.cell ?? '')?.[0] ?? 0);
}

/** A mask keeps the signs of a number and shows each digit as one character (scan/mask.ts). */
function shapeOf({ kind, masked, why }: Finding): string[] {
  if (!COUNTED.has(kind) || why.some((code) => /^(?:shape|ten-digits|split-cells)/.test(code))) return [];
  const digits = [...masked].filter((char) => /[＊\p{Nd}]/u.test(char)).length;
  if (kind !== 'pension-number') return [`digits:${digits}`];
  return /^.{4}[^＊\p{Nd}].{6}$/u.test(masked) ? ['shape-4-6'] : [digits === 10 ? 'ten-digits' : `digits:${digits}`];
}
