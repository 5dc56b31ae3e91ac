/**
 * Reads the small file that Office keeps beside an open document (`~$name.xlsx`): who has it open, first in the system's code page, then in UTF-16, each
 * behind its length and filled up (seen in files of Word, 162 bytes, and of Excel and PowerPoint, 165; Microsoft publishes no layout).
 */
import type { Source } from '../model.js';
import type { Extractor } from '../parts.js';
import { decodeWhole, detectEncoding } from './encoding.js';

/** Of the file, and how long the first field with its length may be. */
const OWNER_FILE_BYTES: readonly number[] = [162, 165];
const FIRST_FIELD_BYTES = 54;

export const ownerFileExtractor: Extractor = {
  id: 'owner-file',
  version: 1,
  formats: ['owner-file'],
  *read(source) {
    const bytes = source.whole();
    const plain = bytes.subarray(1, 1 + (bytes[0] ?? 0));
    const wide = bytes.subarray(FIRST_FIELD_BYTES + 1);
    const names = [decodeWhole(detectEncoding(plain, true), plain), wideText(wide)];
    const text = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '').join('\n');
    if (text !== '') yield { kind: 'text', where: { part: 'author' }, text };
  },
};

/** Its length in characters stands in front, in one byte or two. */
function wideText(field: Buffer): string {
  const start = field[1] === 0 ? 2 : 1;
  return field.subarray(start, start + 2 * (field[0] ?? 0)).toString('utf16le');
}

export function isOwnerFile(source: Source, head: Buffer): boolean {
  const length = head[0] ?? 0;
  return source.name.startsWith('~$') && OWNER_FILE_BYTES.includes(source.sizeBytes) && length > 0 && length <= FIRST_FIELD_BYTES;
}
