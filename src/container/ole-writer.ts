/**
 * Writes a compound file (MS-CFB, version 4) of streams: for what lies spread over a storage of another one, and is a file of its own. It knows no
 * stream's meaning.
 */

export interface OleStream {
  /** '/' between a storage and what lies in it. */
  readonly path: string;
  readonly bytes: Buffer;
}

const SECTOR = 4096;
const MINI = 64;
const MINI_BELOW = 4096;
const ENTRY = 128;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;
/** Sectors of the allocation table that the header names (2.2): with 1,024 numbers each they span 446 MB. */
const FAT_SECTORS_MAX = 109;

interface Node {
  readonly name: string;
  readonly below: Map<string, Node>;
  bytes: Buffer | null;
}
interface Placed {
  readonly node: Node;
  right: number;
  child: number;
  start: number;
}

/** Null when there is more than the header's own list can hold. */
export function writeOleFile(streams: readonly OleStream[]): Buffer | null {
  const root: Node = { name: 'Root Entry', below: new Map(), bytes: null };
  for (const { path, bytes } of streams) place(root, path.split('/'), bytes);
  const entries: Placed[] = [];
  list(root, entries);
  const fat: number[] = [];
  const sectors: Buffer[] = [];
  const add = (bytes: Buffer): number => {
    const padded = pad(bytes, SECTOR);
    if (padded.length > 0) sectors.push(padded);
    return chain(fat, padded.length / SECTOR);
  };
  const miniFat: number[] = [];
  const minis: Buffer[] = [];
  for (const entry of entries) {
    const { bytes } = entry.node;
    if (!bytes || bytes.length >= MINI_BELOW) entry.start = bytes ? add(bytes) : 0;
    else {
      const padded = pad(bytes, MINI);
      minis.push(padded);
      entry.start = chain(miniFat, padded.length / MINI);
    }
  }
  const mini = Buffer.concat(minis);
  entries[0]!.start = add(mini);
  const miniFatBytes = numbers(miniFat);
  const miniFatStart = add(miniFatBytes);
  const directoryStart = add(directory(entries, mini.length));
  let fatSectors = 1;
  while (fatSectors * (SECTOR / 4) < fat.length + fatSectors) fatSectors++;
  if (fatSectors > FAT_SECTORS_MAX) return null;
  const fatStart = fat.length;
  for (let sector = 0; sector < fatSectors; sector++) fat.push(FAT);
  const head = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  for (const [at, value] of [0x3e, 4, 0xfffe, 12, 6].entries()) head.writeUInt16LE(value, 24 + at * 2);
  const directorySectors = Math.ceil((entries.length * ENTRY) / SECTOR);
  const fields = [directorySectors, fatSectors, directoryStart, 0, MINI_BELOW, miniFatStart, miniFatBytes.length / SECTOR, END, 0];
  for (const [at, value] of fields.entries()) head.writeUInt32LE(value, 40 + at * 4);
  for (let at = 0; at < FAT_SECTORS_MAX; at++) head.writeUInt32LE(at < fatSectors ? fatStart + at : FREE, 76 + at * 4);
  return Buffer.concat([head, ...sectors, numbers(fat)]);
}

function place(folder: Node, [name = '', ...rest]: readonly string[], bytes: Buffer): void {
  const node = folder.below.get(name) ?? { name, below: new Map(), bytes: null };
  folder.below.set(name, node);
  if (rest.length === 0) node.bytes = bytes;
  else place(node, rest, bytes);
}

/** Siblings form a tree sorted by length of the name, then by its letters (2.6.4): a chain to the right is one. */
function list(node: Node, entries: Placed[], right = FREE): number {
  const placed: Placed = { node, right, child: FREE, start: 0 };
  const number = entries.push(placed) - 1;
  const children = [...node.below.values()].sort(
    (a, b) => b.name.length - a.name.length || (a.name.toUpperCase() < b.name.toUpperCase() ? 1 : -1),
  );
  // From the last one back, so that each knows its right neighbour.
  for (const child of children) placed.child = list(child, entries, placed.child);
  return number;
}

function directory(entries: readonly Placed[], miniBytes: number): Buffer {
  const table = Buffer.alloc(entries.length * ENTRY);
  for (const [number, { node, right, child, start }] of entries.entries()) {
    const at = number * ENTRY;
    const name = node.name.slice(0, 31);
    table.write(name, at, 'utf16le');
    table.writeUInt16LE(name.length * 2 + 2, at + 64);
    table[at + 66] = number === 0 ? 5 : node.bytes ? 2 : 1;
    table[at + 67] = 1;
    for (const [offset, value] of [FREE, right, child].entries()) table.writeUInt32LE(value, at + 68 + offset * 4);
    table.writeUInt32LE(start, at + 116);
    table.writeUInt32LE(number === 0 ? miniBytes : (node.bytes?.length ?? 0), at + 120);
  }
  return table;
}

/** Links as many sectors as are given to the end of a table; END for none. */
function chain(table: number[], count: number): number {
  const first = table.length;
  for (let at = 1; at <= count; at++) table.push(at === count ? END : first + at);
  return count > 0 ? first : END;
}

function pad(bytes: Buffer, size: number): Buffer {
  const short = bytes.length % size;
  return short === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(size - short)]);
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil((values.length * 4) / SECTOR) * SECTOR, 0xff);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
}
