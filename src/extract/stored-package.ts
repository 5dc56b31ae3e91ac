/**
 * A zip package written anew without compression, for a library that would unpack it by itself: its own inflater never ends on some broken streams,
 * and trusts the sizes that a file states. Here each entry has been unpacked, bounded and counted before. It judges nothing of the content.
 */
import { crc32 } from 'node:zlib';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';

/** Of no use to who reads cells, and often most of the bytes. */
const PICTURE = /\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)$/i;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The end record counts with 16 bits (APPNOTE 4.3.16). */
const PARTS_MAX = 0xffff;

/** Entries that can't be read are told and left out. Throws FileProblem('damaged' | 'too-large'); the result has at most `limits.entryBytesMax` of content. */
export function storePackage(source: Source, context: ExtractContext): Buffer {
  const zip = openZip(source);
  const entries = zip.entries.filter(({ name }) => !name.endsWith('/') && !PICTURE.test(name));
  if (entries.length > PARTS_MAX) throw new FileProblem('too-large', `package of ${entries.length} parts`);
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = contentOf(zip, entry, limits.entryBytesMax - offset, context);
    if (!content) continue;
    context.unpacked(content.length);
    const local = header(0x04034b50, LOCAL_BYTES, entry, content);
    const central = header(0x02014b50, CENTRAL_BYTES, entry, content);
    central.writeUInt32LE(offset, 42);
    locals.push(local, entry.nameBytes, content);
    centrals.push(central, entry.nameBytes);
    offset += local.length + entry.nameBytes.length + content.length;
  }
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(centrals.length / 2, at);
  end.writeUInt32LE(
    centrals.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

function contentOf(zip: ZipDirectory, entry: ZipEntry, bytesMax: number, context: ExtractContext): Buffer | null {
  if (entry.unpackedBytes > bytesMax) throw new FileProblem('too-large', `package of more than ${limits.entryBytesMax} bytes`);
  try {
    return zip.readEntry(entry);
  } catch (error) {
    if (!(error instanceof FileProblem) || error.code === 'too-large') throw error;
    context.problem(error.code, `part ${zip.entries.indexOf(entry) + 1}: ${error.detail}`);
    return null;
  }
}

/** The fields that both headers share (APPNOTE 4.3.7, 4.3.12), two bytes further on in the central one; the name is kept in its own bytes. */
function header(mark: number, bytes: number, entry: ZipEntry, content: Buffer): Buffer {
  const buffer = Buffer.alloc(bytes);
  const shift = bytes === CENTRAL_BYTES ? 2 : 0;
  buffer.writeUInt32LE(mark, 0);
  buffer.writeUInt16LE(20, 4);
  buffer.writeUInt16LE(0x0800, 6 + shift);
  buffer.writeUInt32LE(crc32(content), 14 + shift);
  buffer.writeUInt32LE(content.length, 18 + shift);
  buffer.writeUInt32LE(content.length, 22 + shift);
  buffer.writeUInt16LE(entry.nameBytes.length, 26 + shift);
  return buffer;
}
