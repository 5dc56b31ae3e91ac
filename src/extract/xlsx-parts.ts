/** The texts of a workbook that stand in no cell: comments, shapes, charts, properties. Each function reads one part and throws FileProblem with it. */
import { XmlCursor } from '../container/xml.js';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { decodeEscapes } from './xlsx-escape.js';

export interface PlacedText {
  /** `B12`; undefined where the text hangs on no cell. */
  readonly cell?: string;
  readonly text: string;
}

/** The texts of one part, all together. */
const PART_CHARS_MAX = 64 * 1024 * 1024;
/** What a comment is called that Excel writes beside a threaded one, for older versions: the same text once more. */
export const THREADED_COPY = /^\[(?:Threaded comment|スレッド ?(?:化された)?コメント)\]/;

/** Comments (18.7) and threaded comments (MS-XLSX 2.6.205): text with the cell of its `ref`. */
export function readComments(pieces: Iterable<Buffer>): readonly PlacedText[] {
  let ref: string | undefined;
  return collect(pieces, {
    block: (name) => name === 'comment' || name === 'threadedComment',
    text: (name) => name === 't' || name === 'text',
    silent: (name) => name === 'rPh',
    newline: () => false,
    opened: (cursor) => {
      ref = cursor.attribute('ref');
    },
    place: () => ref,
  });
}

/** Shapes of a drawing (20.5): a text for each, with the cell at its upper left corner. */
export function readShapes(pieces: Iterable<Buffer>): readonly PlacedText[] {
  let column = '';
  let row = '';
  let from = false;
  return collect(pieces, {
    block: (name) => name === 'txBody',
    text: (name) => name === 't',
    silent: () => false,
    newline: (name) => name === 'p' || name === 'br',
    opened: () => {},
    place: () => (column === '' || row === '' ? undefined : `${columnName(Number(column))}${Number(row) + 1}`),
    closed: (name, cursor) => {
      if (name === 'col' && from) column = cursor.text().trim();
      else if (name === 'row' && from) row = cursor.text().trim();
      from = name === 'from' ? false : from;
    },
    other: (name) => {
      if (name === 'from') from = true;
      else if (name === 'oneCellAnchor' || name === 'twoCellAnchor' || name === 'absoluteAnchor') [column, row] = ['', ''];
    },
  });
}

/** Text boxes of legacy drawings (VML): HTML inside, whose tags need not be closed. */
export function readVmlBoxes(pieces: Iterable<Buffer>): readonly PlacedText[] {
  return collect(pieces, {
    block: (name) => name === 'textbox',
    text: () => true,
    silent: () => false,
    newline: (name) => name === 'div' || name === 'br' || name === 'p',
    opened: () => {},
    place: () => undefined,
  });
}

/** Texts of all elements whose local name is one of `names`; of all elements without a list. */
export function readTexts(pieces: Iterable<Buffer>, names: ReadonlySet<string> | null): readonly string[] {
  const cursor = new XmlCursor(pieces);
  const texts: string[] = [];
  const count = boundChars();
  try {
    while (cursor.next()) {
      if (!cursor.closing || (names && !names.has(cursor.name()))) continue;
      const text = decodeEscapes(cursor.text()).trim();
      count(text);
      if (text !== '') texts.push(text);
    }
  } finally {
    cursor.close();
  }
  return texts;
}

/** Values of an attribute of all elements with one of `names`, each value once. */
export function readAttributes(pieces: Iterable<Buffer>, names: ReadonlySet<string>, attribute: string): readonly string[] {
  const cursor = new XmlCursor(pieces);
  const found = new Set<string>();
  const count = boundChars();
  try {
    while (cursor.next()) {
      const text = cursor.closing || !names.has(cursor.name()) ? '' : (cursor.attribute(attribute)?.trim() ?? '');
      if (text === '' || found.has(text)) continue;
      count(text);
      found.add(text);
    }
  } finally {
    cursor.close();
  }
  return [...found];
}

/** How a part divides into texts: which elements hold one, which pieces belong to it. Names are local names. */
interface Plan {
  block(name: string): boolean;
  text(name: string): boolean;
  silent(name: string): boolean;
  newline(name: string): boolean;
  opened(cursor: XmlCursor): void;
  place(): string | undefined;
  closed?(name: string, cursor: XmlCursor): void;
  other?(name: string): void;
}

function collect(pieces: Iterable<Buffer>, plan: Plan): readonly PlacedText[] {
  const cursor = new XmlCursor(pieces);
  const found: PlacedText[] = [];
  const count = boundChars();
  let inside = false;
  let silent = false;
  let text = '';
  try {
    while (cursor.next()) {
      const name = cursor.name();
      // Text belongs to the element that ends here, or, before another one opens, to its parent: Office writes none there, VML does.
      if (inside && !silent && (cursor.closing ? plan.text(name) : plan.text(''))) text += cursor.text();
      if (plan.silent(name) && !cursor.selfClosing) silent = !cursor.closing;
      if (inside && plan.newline(name) && (cursor.closing || cursor.selfClosing)) text += '\n';
      if (plan.block(name) && !cursor.selfClosing) {
        if (cursor.closing) {
          const cell = plan.place();
          text = decodeEscapes(text).trim();
          count(text);
          if (text !== '') found.push(cell === undefined ? { text } : { cell, text });
        } else plan.opened(cursor);
        inside = !cursor.closing;
        text = '';
      } else if (cursor.closing) plan.closed?.(name, cursor);
      else plan.other?.(name);
    }
  } finally {
    cursor.close();
  }
  return found;
}

function boundChars(): (text: string) => void {
  let chars = 0;
  return (text) => {
    chars += text.length;
    if (chars > PART_CHARS_MAX) throw new FileProblem('too-large', `more than ${PART_CHARS_MAX} characters of comments or shapes`);
  };
}

/** `A` for 0. */
export function columnName(column: number): string {
  let name = '';
  for (let left = Math.min(column, limits.columnsMax) + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}
