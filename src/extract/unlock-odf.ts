/**
 * Opens encrypted OpenDocument packages with the passwords of `--passwords`: the package is written anew in memory with its parts in the clear. Parts stay
 * deflated, so that what they unpack to is bounded and counted where it is read.
 */
import { crc32 } from 'node:zlib';
import { memorySource } from '../container/memory-source.js';
import { openPart, type PartLock, readPartLock, whyNotOpenable } from '../container/odf-crypt.js';
import { type EncryptedPart, encryptedParts, isEncrypted, MANIFEST, readManifest, withoutEncryption } from '../container/odf-manifest.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import { type PackedPart, packZip } from '../container/zip-writer.js';
import { limits } from '../limits.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { Unlock } from './unlock.js';

/** Each part has a salt of its own, and so a derivation: what all of them together may take, some 20 s. Texts are opened before pictures. */
const ALL_ROUNDS_MAX = 10_000_000;
const STORED = 0;
const DEFLATED = 8;

interface LockedPart extends EncryptedPart {
  readonly entry: ZipEntry;
  readonly lock: PartLock;
}

export const unlockOdf: Unlock = (source, context) => {
  // The reader of workbooks takes other files too.
  if (!source.read(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return null;
  const zip = openZip(source);
  const manifest = readManifest(zip);
  if (!isEncrypted(manifest)) return null;
  const locked = lockedParts(zip, manifest);
  for (const { lock } of locked) {
    const why = whyNotOpenable(lock);
    if (why !== null) throw new FileProblem('encrypted', `odf: ${why}`);
  }
  const password = context.passwords.find((candidate) => opensSmallest(zip, locked, candidate));
  if (password === undefined) throw new FileProblem('encrypted', `odf: ${locked[0]?.lock.cipher ?? 'unknown'}`);
  const opened = openParts(zip, locked, password, context);
  return { source: memorySource(source.name, packZip([...plainParts(zip, manifest, locked), ...opened])) };
};

function lockedParts(zip: ZipDirectory, manifest: string): LockedPart[] {
  const parts: LockedPart[] = [];
  for (const part of encryptedParts(manifest)) {
    const entry = zip.entry(part.name);
    if (entry && entry.packedBytes > 0) parts.push({ ...part, entry, lock: readPartLock(part.element) });
  }
  return parts;
}

/** The smallest part that can tell. */
function opensSmallest(zip: ZipDirectory, locked: readonly LockedPart[], password: string): boolean {
  let smallest: LockedPart | null = null;
  for (const part of locked) {
    if (part.lock.checksum && (!smallest || part.entry.packedBytes < smallest.entry.packedBytes)) smallest = part;
  }
  return smallest !== null && open(zip, smallest, password) !== null;
}

/** Null also for a part that is damaged: it would not have opened in its own program. */
function open(zip: ZipDirectory, { entry, lock }: LockedPart, password: string): Buffer | null {
  try {
    return openPart(lock, zip.readEntry(entry), password);
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'damaged') return null;
    throw error;
  }
}

function openParts(zip: ZipDirectory, locked: readonly LockedPart[], password: string, context: ExtractContext): PackedPart[] {
  const isText = ({ name }: LockedPart): boolean => name.endsWith('.xml');
  const parts: PackedPart[] = [];
  let rounds = 0;
  let closed = 0;
  let bytes = 0;
  for (const part of [...locked.filter(isText), ...locked.filter((one) => !isText(one))]) {
    rounds += part.lock.rounds;
    const packed = rounds <= ALL_ROUNDS_MAX ? open(zip, part, password) : null;
    if (!packed) {
      closed++;
      continue;
    }
    bytes += packed.length;
    if (bytes > limits.wholeBytesMax) throw new FileProblem('too-large', `odf: parts of more than ${limits.wholeBytesMax} bytes`);
    // Checksums of the content are not kept by the package; nothing that reads it asks for them.
    parts.push({ nameBytes: part.entry.nameBytes, method: DEFLATED, crc: 0, unpackedBytes: part.unpackedBytes, packed });
  }
  if (closed > 0) context.problem('encrypted', `odf: ${closed} of ${locked.length} parts`);
  return parts;
}

function plainParts(zip: ZipDirectory, manifest: string, locked: readonly LockedPart[]): PackedPart[] {
  const others = new Set(locked.map(({ entry }) => entry));
  const parts: PackedPart[] = [];
  let bytes = 0;
  for (const entry of zip.entries) {
    if (entry.name.endsWith('/') || others.has(entry)) continue;
    const content = entry.name === MANIFEST ? Buffer.from(withoutEncryption(manifest)) : zip.readEntry(entry);
    bytes += content.length;
    if (bytes > limits.wholeBytesMax) throw new FileProblem('too-large', `odf: parts of more than ${limits.wholeBytesMax} bytes`);
    const crc = crc32(content);
    parts.push({ nameBytes: entry.nameBytes, method: STORED, crc, unpackedBytes: content.length, packed: content });
  }
  return parts;
}
