/** A file packed by gzip (RFC 1952): one member, unpacked in memory. Several packed pieces behind each other are one file, as the format wants. */
import { constants, gunzipSync } from 'node:zlib';
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeWhole, detectEncoding } from './encoding.js';

/** RFC 1952 2.3.1: flags of the header. */
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const NAME_BYTES_MAX = 1024;
/** Deflate's best is 258 bytes from 2 bits. */
const DEFLATE_RATIO_MAX = 1032;

export const gzipExtractor: Extractor = {
  id: 'gzip',
  version: 2,
  formats: ['gz'],
  *read(source, context) {
    const packed = source.whole();
    const { bytes, cut } = unpack(packed);
    if (bytes.length > limits.ratioFloorBytes && bytes.length > packed.length * limits.ratioMax) {
      throw new FileProblem('too-large', `gzip: unpacks to more than ${limits.ratioMax} times its size`);
    }
    context.unpacked(bytes.length);
    const name = memberName(packed, source.name);
    const modifiedSeconds = packed.readUInt32LE(4);
    const modifiedMs = modifiedSeconds > 0 ? modifiedSeconds * 1000 : null;
    const problem = cut ? { problem: { code: 'damaged', detail: 'gzip: cut' } as const } : {};
    yield { kind: 'member', name, modifiedMs, source: memorySource(name, bytes), ...problem };
  },
};

/** A file that breaks off gives what it has. Throws FileProblem('damaged' | 'too-large'). */
function unpack(packed: Buffer): { bytes: Buffer; cut: boolean } {
  if (packed.length < 18) throw new FileProblem('damaged', 'gzip: cut');
  // The last four bytes state the size of the last piece (2.3.1): a guess that spares copying.
  const guess = Math.min(packed.readUInt32LE(packed.length - 4), limits.entryBytesMax, packed.length * DEFLATE_RATIO_MAX);
  const options = { maxOutputLength: limits.entryBytesMax, chunkSize: Math.max(guess, 1024) + 64 };
  try {
    return { bytes: gunzipSync(packed, options), cut: false };
  } catch (error) {
    if (codeOf(error) !== 'Z_BUF_ERROR') refuse(error);
  }
  try {
    const bytes = gunzipSync(packed, { ...options, chunkSize: 64 * 1024, finishFlush: constants.Z_SYNC_FLUSH });
    if (bytes.length > 0) return { bytes, cut: true };
  } catch (error) {
    refuse(error);
  }
  throw new FileProblem('damaged', 'gzip: cut');
}

function refuse(error: unknown): never {
  const code = codeOf(error);
  if (code === 'ERR_BUFFER_TOO_LARGE') throw new FileProblem('too-large', `gzip: unpacks to more than ${limits.entryBytesMax} bytes`);
  throw new FileProblem('damaged', `gzip: ${code}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
}

/** The name that the file had, else the packed one's without its ending. */
function memberName(packed: Buffer, packedName: string): string {
  const flags = packed[3] ?? 0;
  const start = flags & HAS_EXTRA ? 12 + packed.readUInt16LE(10) : 10;
  const end = packed.indexOf(0, start);
  if (flags & HAS_NAME && end > start && end - start <= NAME_BYTES_MAX) {
    const bytes = packed.subarray(start, end);
    const name = decodeWhole(detectEncoding(bytes, true), bytes);
    return name.replaceAll('\\', '/').replace(/^.*\//, '') || 'content';
  }
  if (/\.tgz$/i.test(packedName)) return packedName.replace(/\.tgz$/i, '.tar');
  return packedName.replace(/\.gz$/i, '') || 'content';
}
