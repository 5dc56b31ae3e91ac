/**
 * Archives and packed files that 7-Zip opens (7z, rar, cab, bz2, xz, zstd): each file in them becomes a member. What they would unpack to is looked
 * at first, and counted when it comes. A name is only shown, never used as a path.
 */
import { crc32 } from 'node:zlib';
import { closedSource, memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Format, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type Listed, type OpenArchive, openArchive } from './seven-zip.js';

/** Formats that hold one file without a name of its own. */
const SINGLE: ReadonlySet<Format> = new Set(['bz2', 'xz', 'zstd']);

export const archiveExtractor: Extractor = { id: 'archive', version: 3, formats: ['7z', 'rar', 'cab', 'bz2', 'xz', 'zstd'], read };

async function* read(source: Source, context: ExtractContext): AsyncGenerator<MemberBlock> {
  const archive = await openArchive(source.whole(), context.passwords);
  try {
    refuseLarge(archive, source.sizeBytes);
    const files = archive.entries.filter((entry) => !isFolder(entry));
    const password = passwordFor(archive, files, context);
    const { failed } = archive.unpack(password ?? '');
    const scheme = context.format === '7z' || archive.archive.get('Type') === 'Rar5' ? 'aes256' : 'aes128';
    const lockOf = (entry: Listed | undefined): Pick<MemberBlock, 'password'> =>
      entry !== undefined && isEncrypted(entry) ? { password: { state: 'set', scheme } } : {};
    const listed = new Map(files.map((entry) => [entry.get('Path') ?? '', entry]));
    const lost = new Map(files.flatMap((entry) => refusalOf(entry, password) ?? []));
    let damaged = failed - lost.size;
    for (const path of archive.paths()) {
      const entry = archive.take(path);
      if (!entry || lost.has(path)) continue;
      context.unpacked(entry.bytes.length);
      const isSingle = SINGLE.has(context.format);
      const name = isSingle ? singleName(source.name) : path;
      const about = listed.get(path);
      const modifiedMs = about?.get('Modified') ? entry.modifiedMs : null;
      const isDamaged = damaged > 0 && (isSingle || differs(entry.bytes, about));
      if (isDamaged) damaged--;
      const problem = isDamaged
        ? { problem: { code: 'damaged', detail: 'archive: breaks off, or differs from its checksum' } as const }
        : {};
      yield { kind: 'member', name, modifiedMs, source: memorySource(baseOf(name), entry.bytes), ...lockOf(about), ...problem };
    }
    for (const [path, reason] of lost) {
      const about = listed.get(path);
      const source = closedSource(baseOf(path), Number(about?.get('Size')) || 0, reason);
      yield { kind: 'member', name: path, modifiedMs: null, source, ...lockOf(about) };
    }
    if (damaged > 0) context.problem('damaged', `${damaged} of ${files.length} entries`);
    else if (archive.damaged && failed === 0) context.problem('damaged', 'archive: list of entries');
  } finally {
    archive.close();
  }
}

/** Throws FileProblem('too-large') for an archive whose own words tell that it would not fit. */
function refuseLarge(archive: OpenArchive, packedBytes: number): void {
  if (archive.entries.length > limits.entriesMax) throw new FileProblem('too-large', `archive: more than ${limits.entriesMax} entries`);
  let bytes = 0;
  for (const entry of archive.entries) {
    bytes += Number(entry.get('Size')) || 0;
    // Unpacking takes the dictionary's memory beside the files themselves.
    const dictionary = dictionaryBytes(entry.get('Method') ?? '');
    if (dictionary > limits.entryBytesMax) throw new FileProblem('too-large', `archive: dictionary of ${dictionary} bytes`);
  }
  if (dictionaryBytes(archive.archive.get('Method') ?? '') > limits.entryBytesMax)
    throw new FileProblem('too-large', 'archive: dictionary');
  if (bytes > limits.entryBytesMax) throw new FileProblem('too-large', `archive: unpacks to ${bytes} bytes`);
  if (bytes > limits.ratioFloorBytes && bytes > packedBytes * limits.ratioMax) {
    throw new FileProblem('too-large', `archive: unpacks to more than ${limits.ratioMax} times its size`);
  }
}

/** The memory that a method names: `LZMA2:26` is 2^26 bytes, `LZMA:1536m`, `PPMD:o6:mem24`, `v6:128K:m3`. */
function dictionaryBytes(method: string): number {
  let most = 0;
  for (const [, name, digits, unit] of method.matchAll(/(LZMA2?|PPMD|mem|v\d):?(?:o\d{1,2}:mem)?(\d{1,5})([kmgb]?)\b/gi)) {
    const number = Number(digits);
    const scale = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[(unit ?? '').toLowerCase()] ?? 1;
    const isPower = unit === '' && !/^v/i.test(name ?? '');
    most = Math.max(most, isPower ? 2 ** number : number * scale);
  }
  return most;
}

/** The first password that opens everything; null when none is needed or none fits. Throws FileProblem('encrypted') when nothing is readable. */
function passwordFor(archive: OpenArchive, files: readonly Listed[], context: ExtractContext): string | null {
  const locked = files.filter(isEncrypted).length;
  if (locked === 0) return null;
  const password = context.passwords.find((candidate) => archive.opens(candidate)) ?? null;
  if (password === null && locked === files.length) throw new FileProblem('encrypted', `archive: all ${locked} entries`);
  return password;
}

/** Why an entry can't be unpacked here, with its path; null when it can. */
function refusalOf(entry: Listed, password: string | null): readonly [string, FileProblem][] | null {
  const path = entry.get('Path') ?? '';
  if (password === null && isEncrypted(entry)) return [[path, new FileProblem('encrypted', 'archive: entry needs a password')]];
  if (entry.get('Split Before') === '+' || entry.get('Split After') === '+')
    return [[path, new FileProblem('unsupported', 'archive of several volumes')]];
  return null;
}

/** From what the archive says of it: its size, and the checksum where it has one. */
function differs(bytes: Buffer, entry: Listed | undefined): boolean {
  const size = entry?.get('Size');
  const sum = entry?.get('CRC');
  if (size && Number(size) !== bytes.length) return true;
  return sum ? crc32(bytes) !== Number.parseInt(sum, 16) : false;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isFolder(entry: Listed): boolean {
  return entry.get('Folder') === '+' || /^D\b/.test(entry.get('Attributes') ?? '');
}

function isEncrypted(entry: Listed): boolean {
  return entry.get('Encrypted') === '+';
}

/** Of what is packed alone: the packed file's name without its ending. */
function singleName(packedName: string): string {
  const name = packedName.replace(/\.t(?:bz2?|xz|zst)$/i, '.tar').replace(/\.(?:bz2|xz|zst|zstd)$/i, '');
  return name === packedName ? `${name}.content` : name;
}
