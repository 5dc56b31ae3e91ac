/**
 * Archives and packed files that 7-Zip opens (7z, rar, cab, bz2, xz, zstd): each file in them becomes a member. What they would unpack to is looked
 * at first, and counted when it comes. A name is only shown, never used as a path.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Format, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type Listed, type OpenArchive, openArchive } from './seven-zip.js';

/** Formats that hold one file without a name of its own. */
const SINGLE: ReadonlySet<Format> = new Set(['bz2', 'xz', 'zstd']);

export const archiveExtractor: Extractor = { id: 'archive', version: 2, formats: ['7z', 'rar', 'cab', 'bz2', 'xz', 'zstd'], read };

async function* read(source: Source, context: ExtractContext): AsyncGenerator<MemberBlock> {
  const archive = await openArchive(source.whole(), context.passwords);
  try {
    refuseLarge(archive, source.sizeBytes);
    const files = archive.entries.filter((entry) => !isFolder(entry));
    const password = passwordFor(archive, files, context);
    const { failed } = archive.unpack(password ?? '');
    const dated = new Set(files.filter((entry) => entry.get('Modified')).map((entry) => entry.get('Path')));
    const locked = new Set(files.filter(isEncrypted).map((entry) => entry.get('Path')));
    const scheme = context.format === '7z' || archive.archive.get('Type') === 'Rar5' ? 'aes256' : 'aes128';
    const lost = tellUnread(archive, files, password, failed, context);
    for (const path of archive.paths()) {
      const entry = archive.take(path);
      if (!entry || lost.has(path)) continue;
      context.unpacked(entry.bytes.length);
      const name = SINGLE.has(context.format) ? singleName(source.name) : path;
      const base = name.slice(name.lastIndexOf('/') + 1);
      const modifiedMs = dated.has(path) ? entry.modifiedMs : null;
      const lock: Pick<MemberBlock, 'password'> = locked.has(path) ? { password: { state: 'set', scheme } } : {};
      yield { kind: 'member', name, modifiedMs, source: memorySource(base, entry.bytes), ...lock };
    }
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

/** Tells entries that were not unpacked, by count, and gives the paths of those of which only a rest is there. */
function tellUnread(
  archive: OpenArchive,
  files: readonly Listed[],
  password: string | null,
  failed: number,
  context: ExtractContext,
): ReadonlySet<string> {
  const locked = password === null ? files.filter(isEncrypted) : [];
  const split = files.filter((entry) => entry.get('Split Before') === '+' || entry.get('Split After') === '+');
  if (locked.length > 0) context.problem('encrypted', `${locked.length} of ${files.length} entries`);
  if (split.length > 0) context.problem('unsupported', `${split.length} of ${files.length} entries: archive of several volumes`);
  const others = failed - locked.length - split.length;
  if (others > 0) context.problem('damaged', `${others} of ${files.length} entries`);
  else if (archive.damaged && split.length === 0) context.problem('damaged', 'archive: list of entries');
  return new Set([...locked, ...split].map((entry) => entry.get('Path') ?? ''));
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
