/**
 * The compound file of older Office formats (MS-CFB): its directory and its streams, read by sectors, so that a large file is not loaded
 * for a look at its first bytes. It knows nothing of what the streams mean.
 */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';

/** MS-CFB 2.2: header signature. */
export const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export interface OleEntry {
  /** Names from the root down, '/' between them; the root itself is ''. */
  readonly path: string;
  readonly kind: 'storage' | 'stream';
  readonly sizeBytes: number;
  /** 32 lower-case hex digits as stored; zeros for none. */
  readonly classId: string;
}

export interface OleDirectory {
  /** Everything below the root, in the order in which the tree is walked. */
  readonly entries: readonly OleEntry[];
  readonly rootClassId: string;
  /** Names compare without case (MS-CFB 2.6.4). */
  entry(path: string): OleEntry | undefined;
  /** A whole stream. Throws FileProblem('damaged') when it is absent or its chain is broken, 'too-large' above `bytesMax`. */
  stream(path: string, bytesMax?: number): Buffer;
  /** The first `bytes` of a stream, fewer where it is shorter; a chain broken further on does not matter. Empty when it is absent. */
  head(path: string, bytes: number): Buffer;
  /** A copy of the whole file in which streams are replaced by others of the same length; of a longer one the rest is left out. */
  patched(streams: ReadonlyMap<string, Buffer>): Buffer;
}

/** MS-CFB 2.1: sector numbers from here on are marks, not places. */
const SECTOR_MAX = 0xfffffffa;
const NO_STREAM = 0xffffffff;
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;

interface RawEntry extends OleEntry {
  readonly start: number;
}

const known = new WeakMap<Source, OleDirectory>();

/**
 * Opens once for each source: sniffing, extracting and protecting share the directory.
 * Throws FileProblem('damaged') when the file is no compound file or its tables can't be read.
 */
export function openOle(source: Source): OleDirectory {
  let directory = known.get(source);
  if (!directory) {
    directory = readOle(source);
    known.set(source, directory);
  }
  return directory;
}

function readOle(source: Source): OleDirectory {
  const header = source.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, 8).equals(OLE_MAGIC)) throw new FileProblem('damaged', 'ole: no header');
  const shift = header.readUInt16LE(30);
  const miniShift = header.readUInt16LE(32);
  if (shift < 7 || shift > 16 || miniShift < 4 || miniShift >= shift) throw new FileProblem('damaged', 'ole: sector size');
  const sectors = new Sectors(source, shift, header);
  const miniCutoff = header.readUInt32LE(56);
  const directory = readDirectory(sectors.chainBytes(header.readUInt32LE(48), limits.entriesMax * ENTRY_BYTES, true));
  const miniFat = header.readUInt32LE(64) > 0 ? sectors.chainBytes(header.readUInt32LE(60), limits.wholeBytesMax, true) : Buffer.alloc(0);
  let miniStream: Buffer | null = null;

  const readStream = (entry: RawEntry, bytes: number): Buffer => {
    if (bytes === 0) return Buffer.alloc(0);
    if (entry.sizeBytes >= miniCutoff) return sectors.chainBytes(entry.start, bytes, false);
    miniStream ??= sectors.chainBytes(directory.root.start, Math.min(directory.root.sizeBytes, limits.wholeBytesMax), true);
    return miniChainBytes(miniFat, miniStream, 1 << miniShift, entry.start, bytes);
  };

  const placesOf = (entry: RawEntry): Iterable<Place> => {
    if (entry.sizeBytes >= miniCutoff) return sectors.places(entry.start, entry.sizeBytes);
    const containers = [...sectors.places(directory.root.start, Math.min(directory.root.sizeBytes, limits.wholeBytesMax))];
    return miniPlaces(miniFat, containers, 1 << shift, 1 << miniShift, entry);
  };

  return {
    entries: directory.entries,
    rootClassId: directory.root.classId,
    entry: (path) => directory.byPath.get(path.toLowerCase()),
    stream(path, bytesMax = limits.wholeBytesMax) {
      const entry = directory.byPath.get(path.toLowerCase());
      if (entry?.kind !== 'stream') throw new FileProblem('damaged', 'ole: stream not found');
      if (entry.sizeBytes > bytesMax) throw new FileProblem('too-large', `ole: stream of ${entry.sizeBytes} bytes`);
      return readStream(entry, entry.sizeBytes);
    },
    head(path, bytes) {
      const entry = directory.byPath.get(path.toLowerCase());
      return entry?.kind === 'stream' ? readStream(entry, Math.min(bytes, entry.sizeBytes)) : Buffer.alloc(0);
    },
    patched(streams) {
      const bytes = Buffer.from(source.whole());
      for (const [path, content] of streams) {
        const entry = directory.byPath.get(path.toLowerCase());
        let done = 0;
        for (const { at, length } of entry?.kind === 'stream' ? placesOf(entry) : []) {
          content.copy(bytes, at, done, done + length);
          done += length;
        }
      }
      return bytes;
    },
  };
}

/** A piece of a stream: its offset in the file. */
interface Place {
  readonly at: number;
  readonly length: number;
}

/** Sectors and their allocation table. Every chain is bounded by the number of sectors that the file can hold, so cycles end. */
class Sectors {
  private readonly fat: Buffer;
  private readonly sectorsMax: number;

  constructor(
    private readonly source: Source,
    private readonly shift: number,
    header: Buffer,
  ) {
    this.sectorsMax = Math.ceil(source.sizeBytes / (1 << shift)) + 1;
    this.fat = Buffer.concat(this.fatSectors(header).map((sector) => this.read(sector, 1)));
  }

  /** The sectors that hold the FAT: 109 in the header, the rest in DIFAT sectors (MS-CFB 2.5). */
  private fatSectors(header: Buffer): number[] {
    const sectors: number[] = [];
    // A FAT sector tells of sectorBytes/4 sectors; a file can't need more of them than that.
    const fatSectorsMax = Math.ceil(this.sectorsMax / (1 << (this.shift - 2))) + 1;
    const add = (table: Buffer, bytes: number): void => {
      for (let at = 0; at + 4 <= bytes && sectors.length < fatSectorsMax; at += 4) {
        const sector = table.readUInt32LE(at);
        if (sector < SECTOR_MAX) sectors.push(sector);
      }
    };
    add(header.subarray(76), HEADER_BYTES - 76);
    let next = header.readUInt32LE(68);
    for (let seen = 0; next < SECTOR_MAX && seen < this.sectorsMax && sectors.length < fatSectorsMax; seen++) {
      const table = this.read(next, 1);
      if (table.length < 8) break;
      add(table, table.length - 4);
      next = table.readUInt32LE(table.length - 4);
    }
    return sectors;
  }

  private read(sector: number, count: number): Buffer {
    // The header fills the first 512 bytes, padded to one sector where sectors are larger (MS-CFB 2.2).
    return this.source.read((sector + 1) * 2 ** this.shift, count * 2 ** this.shift);
  }

  /** At most `bytes` of a chain. With `lenient` a broken chain gives what was read so far: some writers cut the last sector. */
  chainBytes(start: number, bytes: number, lenient: boolean): Buffer {
    const pieces: Buffer[] = [];
    let have = 0;
    let sector = start;
    let steps = 0;
    while (have < bytes && sector < SECTOR_MAX) {
      let count = 1;
      let next = this.next(sector);
      while (next === sector + count && (count << this.shift) + have < bytes && count < 4096) {
        count++;
        next = this.next(next);
      }
      steps += count;
      const piece = steps > this.sectorsMax ? Buffer.alloc(0) : this.read(sector, count);
      if (piece.length === 0) break;
      pieces.push(piece);
      have += piece.length;
      sector = next;
    }
    if (have < bytes && !lenient) throw new FileProblem('damaged', 'ole: stream is cut');
    const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    return all.length > bytes ? all.subarray(0, bytes) : all;
  }

  /** Where the bytes of a chain stand in the file, sector by sector. */
  *places(start: number, bytes: number): Generator<Place> {
    const sectorBytes = 2 ** this.shift;
    let sector = start;
    for (let done = 0, steps = 0; done < bytes && sector < SECTOR_MAX && steps < this.sectorsMax; steps++) {
      yield { at: (sector + 1) * sectorBytes, length: Math.min(sectorBytes, bytes - done) };
      done += sectorBytes;
      sector = this.next(sector);
    }
  }

  private next(sector: number): number {
    const at = sector * 4;
    return at + 4 <= this.fat.length ? this.fat.readUInt32LE(at) : NO_STREAM;
  }
}

function miniChainBytes(miniFat: Buffer, miniStream: Buffer, miniBytes: number, start: number, bytes: number): Buffer {
  const pieces: Buffer[] = [];
  let have = 0;
  let sector = start;
  const stepsMax = Math.ceil(miniStream.length / miniBytes) + 1;
  for (let step = 0; have < bytes && sector < SECTOR_MAX && step < stepsMax; step++) {
    const piece = miniStream.subarray(sector * miniBytes, (sector + 1) * miniBytes);
    if (piece.length === 0) break;
    pieces.push(piece);
    have += piece.length;
    sector = sector * 4 + 4 <= miniFat.length ? miniFat.readUInt32LE(sector * 4) : NO_STREAM;
  }
  if (have < bytes) throw new FileProblem('damaged', 'ole: small stream is cut');
  return Buffer.concat(pieces).subarray(0, bytes);
}

/** The same for a chain of small sectors, which lie in those of the root's stream. */
function* miniPlaces(
  miniFat: Buffer,
  containers: readonly Place[],
  sectorBytes: number,
  miniBytes: number,
  { start, sizeBytes }: RawEntry,
): Generator<Place> {
  const stepsMax = (containers.length * sectorBytes) / miniBytes;
  let sector = start;
  for (let done = 0, steps = 0; done < sizeBytes && sector < SECTOR_MAX && steps < stepsMax; steps++) {
    const offset = sector * miniBytes;
    const container = containers[Math.floor(offset / sectorBytes)];
    if (!container) return;
    yield { at: container.at + (offset % sectorBytes), length: Math.min(miniBytes, sizeBytes - done) };
    done += miniBytes;
    sector = sector * 4 + 4 <= miniFat.length ? miniFat.readUInt32LE(sector * 4) : NO_STREAM;
  }
}

interface Directory {
  readonly root: RawEntry;
  readonly entries: readonly RawEntry[];
  readonly byPath: ReadonlyMap<string, RawEntry>;
}

/** Walks the tree of siblings and children (MS-CFB 2.6); each entry is visited once, so loops end. */
function readDirectory(table: Buffer): Directory {
  if (table.length < ENTRY_BYTES) throw new FileProblem('damaged', 'ole: no directory');
  const count = Math.floor(table.length / ENTRY_BYTES);
  const seen = new Uint8Array(count);
  const entries: RawEntry[] = [];
  const byPath = new Map<string, RawEntry>();
  const root = readEntry(table, 0, '');
  seen[0] = 1;
  const pending: { id: number; folder: string }[] = [{ id: table.readUInt32LE(76), folder: '' }];
  for (let step = pending.pop(); step; step = pending.pop()) {
    const { id, folder } = step;
    if (id >= count || seen[id]) continue;
    seen[id] = 1;
    const at = id * ENTRY_BYTES;
    const type = table[at + 66];
    const entry = readEntry(table, at, folder);
    if (type === 1 || type === 2) {
      entries.push(entry);
      if (!byPath.has(entry.path.toLowerCase())) byPath.set(entry.path.toLowerCase(), entry);
    }
    pending.push({ id: table.readUInt32LE(at + 68), folder }, { id: table.readUInt32LE(at + 72), folder });
    if (type === 1) pending.push({ id: table.readUInt32LE(at + 76), folder: `${entry.path}/` });
  }
  return { root, entries, byPath };
}

function readEntry(table: Buffer, at: number, folder: string): RawEntry {
  const nameBytes = Math.min(table.readUInt16LE(at + 64), 64);
  const name = table.toString('utf16le', at, at + Math.max(0, nameBytes - 2));
  return {
    path: at === 0 ? '' : folder + name,
    kind: table[at + 66] === 2 ? 'stream' : 'storage',
    // The upper half of the size is used with 4,096-byte sectors only and may be junk elsewhere (MS-CFB 2.6.1); nothing here is above 4 GB.
    sizeBytes: table.readUInt32LE(at + 120),
    classId: table.toString('hex', at + 80, at + 96),
    start: table.readUInt32LE(at + 116),
  };
}
