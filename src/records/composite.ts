/**
 * Columns and fields that hold several kinds in one cell, `基礎年金番号/氏名` over `1100-123456 山田太郎`: for each kind a role that finds its piece
 * in the cell. Whether a label speaks of several kinds, label.ts says.
 */
import { type Cell, cellText, type Kind, type Role, type Strength } from '../../detectors/contract.js';
import type { LabelRole } from './label.js';
import { acceptedCell } from './slot.js';

/** A role whose value is a part of its cell. */
interface PieceRole extends Role {
  /** The piece as it stands in the cell; '' when there is none. */
  piece(cell: Cell): string;
}

/** Where the value stands in a cell's text: all of it without its blanks, or a role's piece. */
export function valueIn(role: Role, text: string): [start: number, end: number] {
  const piece = 'piece' in role ? (role as PieceRole).piece(text) : '';
  const start = piece === '' ? text.length - text.trimStart().length : text.indexOf(piece);
  return [start, piece === '' ? text.trimEnd().length : start + piece.length];
}

/** What stands between the pieces of a label: 氏名・住所, 氏名（生年月日）, one above the other. */
const LABEL_JOINT = /[/／・･、，,\n＋+&＆()（）［］[\]【】]|及び|および|並びに/;
/** A label of several kinds has one of these; most texts are no labels, and this says so at once. */
const MAY_BE = /番号|氏名|名前|姓名|住所|生年月日|誕生日/;
/** What stands between the values of a cell. A name's own space and middle dot are among them: pieces next to each other are tried together. */
const GAP =
  /[\s　/／・･、，,()（）【】［］[\]]+|(?<=[0-9０-９]{6})(?=[^0-9０-９\s-])|(?<=[^\s　(（])(?=(?:明治|大正|昭和|平成|令和)[0-9０-９元])/g;
const CELL_UNITS_MAX = 160;
const WORDS_MAX = 14;
/** The kinds in the order in which they take their pieces: what is surest by its shape first, a name from what is left. */
const ORDER: readonly Kind[] = ['pension-number', 'my-number', 'phone', 'birthdate', 'name', 'address'];
const RANK: Record<Strength, number> = { weak: 0, likely: 1, certain: 2 };

/** The pieces of a label that might each be one; empty for nearly every text. */
export function splitLabel(text: string): readonly string[] {
  if (!MAY_BE.test(text)) return [];
  return text.split(LABEL_JOINT).filter((piece) => piece.trim() !== '');
}

/** For each of these roles, of different kinds, the one that takes its piece of a cell. */
export function pieceRoles(roles: readonly LabelRole[]): readonly LabelRole[] {
  const ordered = [...roles].sort((one, other) => rankOf(one.kind) - rankOf(other.kind));
  // A cell is judged and then read, for one kind after the other: the last answer is kept.
  let lastCell = '';
  let last: readonly string[] = [];
  const piecesOf = (cell: Cell) => {
    const text = cellText(cell);
    if (text !== lastCell) {
      last = takePieces(text, ordered);
      lastCell = text;
    }
    return last;
  };
  return ordered.map(({ kind, role }, at) => {
    const piece = (cell: Cell) => piecesOf(cell)[at] ?? '';
    const accepted = (cell: Cell) => acceptedCell(role, piece(cell));
    const made: PieceRole = {
      part: role.part,
      labels: [],
      piece,
      cell: (cell) => {
        const taken = accepted(cell);
        return taken === null ? null : role.cell(taken, true);
      },
      normal: (cell) => {
        const taken = accepted(cell);
        return taken === null ? '' : role.normal(taken);
      },
    };
    return { kind, role: made };
  });
}

function rankOf(kind: Kind): number {
  const rank = ORDER.indexOf(kind);
  return rank < 0 ? ORDER.length : rank;
}

interface Word {
  readonly start: number;
  readonly end: number;
}

/** Each role's piece of the text, '' where it finds none. No word goes to two. */
function takePieces(text: string, roles: readonly LabelRole[]): readonly string[] {
  if (text.length > CELL_UNITS_MAX) return [];
  const words = wordsOf(text);
  const free = words.map(() => true);
  return roles.map(({ kind, role }) => {
    const best = bestRun(text, words, free, kind, role);
    if (best === null) return '';
    free.fill(false, best.first, best.last + 1);
    return text.slice(words[best.first]!.start, words[best.last]!.end);
  });
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let from = 0;
  const push = (end: number) => {
    if (end > from && words.length < WORDS_MAX) words.push({ start: from, end });
  };
  for (const gap of text.matchAll(GAP)) {
    push(gap.index);
    from = gap.index + gap[0].length;
  }
  push(text.length);
  return words;
}

/** The run of free words that the role takes best; of equal ones the longest, for a number the shortest. */
function bestRun(text: string, words: readonly Word[], free: readonly boolean[], kind: Kind, role: Role) {
  const short = rankOf(kind) <= rankOf('phone');
  let best: { first: number; last: number; rank: number; units: number } | null = null;
  for (let first = 0; first < words.length; first += 1) {
    for (let last = first; last < words.length && free[last] === true; last += 1) {
      const run = text.slice(words[first]!.start, words[last]!.end);
      const taken = acceptedCell(role, run);
      if (taken === null) continue;
      const rank = RANK[role.cell(taken, true) ?? 'weak'];
      const units = short ? -run.length : run.length;
      if (best === null || rank > best.rank || (rank === best.rank && units > best.units)) best = { first, last, rank, units };
    }
  }
  return best;
}
