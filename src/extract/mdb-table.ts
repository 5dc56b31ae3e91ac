/** The columns of a table of Access, from its definition pages. Names in Jet 3 are in the code page of the file, later ones in UTF-16. */
import type { JetPages } from '../container/jet-file.js';
import { decodeWhole } from './encoding.js';

export interface JetColumn {
  readonly name: string;
  readonly type: number;
  /** Its bit in the mask of each row, which says whether there is a value. */
  readonly number: number;
  /** Its place among the columns of varying length, or -1. */
  readonly varying: number;
  /** Where its value begins behind the count of columns, for one of fixed length. */
  readonly fixedAt: number;
  readonly bytes: number;
  /** Digits behind the point of a decimal. */
  readonly scale: number;
}

export interface JetTable {
  readonly root: number;
  readonly columns: readonly JetColumn[];
  readonly hasVarying: boolean;
}

const DEFINITION = 2;
const DEFINITION_PAGES_MAX = 256;
const COLUMNS_MAX = 4_096;
const FIXED = 0x01;

/** Places in the definition, and in the entry of a column. */
interface Layout {
  readonly varyingCount: number;
  readonly columnCount: number;
  readonly indexCount: number;
  readonly indexes: number;
  readonly indexBytes: number;
  readonly entryBytes: number;
  readonly number: number;
  readonly varying: number;
  readonly scale: number;
  readonly flags: number;
  readonly fixedAt: number;
  readonly bytes: number;
}

const JET3: Layout = {
  ...{ varyingCount: 23, columnCount: 25, indexCount: 31, indexes: 43, indexBytes: 8, entryBytes: 18 },
  ...{ number: 1, varying: 3, scale: 10, flags: 13, fixedAt: 14, bytes: 16 },
};
const JET4: Layout = {
  ...{ varyingCount: 43, columnCount: 45, indexCount: 51, indexes: 63, indexBytes: 12, entryBytes: 25 },
  ...{ number: 5, varying: 7, scale: 12, flags: 15, fixedAt: 21, bytes: 23 },
};

/** Null when the page defines no table. */
export function readJetTable(pages: JetPages, root: number): JetTable | null {
  const bytes = readDefinition(pages, root);
  const { isJet3 } = pages.header;
  const layout = isJet3 ? JET3 : JET4;
  if (!bytes || bytes.length < layout.indexes) return null;
  const count = bytes.readUInt16LE(layout.columnCount);
  const first = layout.indexes + bytes.readUInt32LE(layout.indexCount) * layout.indexBytes;
  let nameAt = first + count * layout.entryBytes;
  if (count === 0 || count > COLUMNS_MAX || nameAt > bytes.length) return null;
  const columns: JetColumn[] = [];
  for (let at = first; columns.length < count; at += layout.entryBytes) {
    if (nameAt + 2 > bytes.length) return null;
    const size = isJet3 ? bytes[nameAt]! : bytes.readUInt16LE(nameAt);
    nameAt += isJet3 ? 1 : 2;
    const name = bytes.subarray(nameAt, nameAt + size);
    nameAt += size;
    const isFixed = (bytes[at + layout.flags]! & FIXED) !== 0;
    columns.push({
      name: isJet3 ? decodeWhole(pages.header.codePage === 1252 ? 'latin1' : 'shift_jis', name) : name.toString('utf16le'),
      type: bytes[at]!,
      number: bytes.readUInt16LE(at + layout.number),
      varying: isFixed ? -1 : bytes.readUInt16LE(at + layout.varying),
      fixedAt: bytes.readUInt16LE(at + layout.fixedAt),
      bytes: bytes.readUInt16LE(at + layout.bytes),
      scale: bytes[at + layout.scale]!,
    });
  }
  columns.sort((a, b) => a.number - b.number);
  return { root, columns, hasVarying: bytes.readUInt16LE(layout.varyingCount) > 0 };
}

/** A chain of pages, of which all but the first begin with eight bytes of their own. */
function readDefinition(pages: JetPages, root: number): Buffer | null {
  const pieces: Buffer[] = [];
  const seen = new Set<number>();
  for (let next = root; next > 0 && !seen.has(next) && seen.size < DEFINITION_PAGES_MAX; ) {
    const page = pages.page(next);
    if (page?.[0] !== DEFINITION) return null;
    seen.add(next);
    pieces.push(pieces.length === 0 ? page : page.subarray(8));
    next = page.readUInt32LE(4);
  }
  return Buffer.concat(pieces);
}
