/** Puts the cells right of a form's label together to the one value that they hold: boxes of a digit each, a date with its units in cells of their own. */
import type { Cell } from '../../detectors/contract.js';
import type { LabelRole } from './label.js';
import { acceptedCell, type Join, joinTexts } from './slot.js';

/** Cells that may be joined to one value: ten digit boxes, or era, year, month and day with their units. */
const JOINED_CELLS_MAX = 12;

export interface JoinedValue {
  readonly cell: Cell;
  /** How many of the cells it took. */
  readonly count: number;
}

/** Null when the cells are no value of this kind. Behind a date or number there may stand other boxes, whose labels are no detector's. */
export function joinedValue(whole: LabelRole, cells: readonly string[]): JoinedValue | null {
  const texts = cells.slice(0, JOINED_CELLS_MAX).map((cell) => cell.trim());
  const fewest = whole.kind === 'birthdate' || whole.kind === 'pension-number' ? 2 : texts.length;
  for (let count = texts.length; count >= Math.max(2, fewest); count -= 1) {
    for (const join of joinsOf(whole, count)) {
      const taken = acceptedCell(whole.role, joinTexts(join, texts.slice(0, count)));
      if (taken !== null) return { cell: taken, count };
    }
  }
  return null;
}

function joinsOf(whole: LabelRole, count: number): readonly Join[] {
  if (whole.kind !== 'birthdate') return ['plain'];
  return count === 3 || count === 4 ? ['boxes', 'date'] : ['boxes'];
}
