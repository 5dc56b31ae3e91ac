/** Memos of dBASE (dbt) and FoxPro (fpt), which stand in a file beside their table: one paragraph each. Pictures among them are told. */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { type DecodeCount, decodeText } from './encoding.js';
import { blocksOf, tellReplaced } from './text.js';

const HEADER_BYTES = 512;
/** Small memos are put together, so that there is enough of them to know the encoding by. */
const PIECE_BYTES = 64 * 1024;
/** Marks of a memo: in dBASE IV these four bytes, in FoxPro a number. */
const DBASE_IV = 0xffff0800;
const FOX_TEXT = 1;
const FOX_KINDS = 2;
const BETWEEN = Buffer.from('\n\n');

export const dbfMemoExtractor: Extractor = {
  id: 'dbf-memo',
  version: 2,
  formats: ['dbf-memo'],
  *read(source, context) {
    const count: DecodeCount = { chars: 0, replaced: 0 };
    yield* blocksOf(decodeText(joined(memos(source, context)), count), context);
    tellReplaced(count, context);
  },
};

type Sort = 'fox' | 'dbase-iii' | 'dbase-iv';

/** Which sort of memo file it is, by the count of blocks in its header, which must fit its size. Null for anything else. */
export function memoSort(head: Buffer, sizeBytes: number): { sort: Sort; blockBytes: number } | null {
  if (head.length < HEADER_BYTES || sizeBytes <= HEADER_BYTES) return null;
  const fits = (blocks: number, blockBytes: number): boolean =>
    blocks > 0 &&
    blocks * blockBytes > sizeBytes - 2 * blockBytes - HEADER_BYTES &&
    blocks * blockBytes <= sizeBytes + blockBytes + HEADER_BYTES;
  const foxBytes = head.readUInt16BE(6);
  if (foxBytes > 0 && fits(head.readUInt32BE(0), foxBytes)) return { sort: 'fox', blockBytes: foxBytes };
  const fourBytes = head.readUInt16LE(20);
  if (fourBytes >= 64 && fits(head.readUInt32LE(0), fourBytes)) return { sort: 'dbase-iv', blockBytes: fourBytes };
  return fits(head.readUInt32LE(0), HEADER_BYTES) ? { sort: 'dbase-iii', blockBytes: HEADER_BYTES } : null;
}

function* memos(source: Source, context: ExtractContext): Generator<Buffer> {
  const found = memoSort(source.read(0, HEADER_BYTES), source.sizeBytes);
  if (!found || found.sort === 'dbase-iii') {
    // Blocks without a length: each text ends with 1A, and what follows in its last block is filling.
    for (let at = HEADER_BYTES; at < source.sizeBytes; at += limits.chunkBytes) {
      yield Buffer.from(source.read(at, limits.chunkBytes).toString('latin1').replaceAll('\x1a', '\n'), 'latin1');
    }
    return;
  }
  const { sort, blockBytes } = found;
  let others = 0;
  for (let at = sort === 'fox' ? HEADER_BYTES : blockBytes; at + 8 < source.sizeBytes; ) {
    const head = source.read(at, 8);
    const kind = head.readUInt32BE(0);
    const isMemo = sort === 'fox' ? kind <= FOX_KINDS : kind === DBASE_IV;
    const bytes = sort === 'fox' ? head.readUInt32BE(4) : head.readUInt32LE(4) - 8;
    if (!isMemo || bytes <= 0 || at + 8 + bytes > source.sizeBytes) {
      at += blockBytes;
      continue;
    }
    if (sort === 'fox' && kind !== FOX_TEXT) others++;
    else {
      for (let done = 0; done < bytes; done += limits.chunkBytes)
        yield source.read(at + 8 + done, Math.min(limits.chunkBytes, bytes - done));
      yield BETWEEN;
    }
    at += Math.ceil((bytes + 8) / blockBytes) * blockBytes;
  }
  if (others > 0) context.problem('unsupported', `dbf: ${others} objects in memos are not read`);
}

function* joined(pieces: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
