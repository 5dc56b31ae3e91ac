import { describe, expect, it } from 'vitest';
import {
  FIND_DATA_BYTES,
  isOtherLink,
  isPlaceholder,
  OFFLINE,
  parseFindData,
  RECALL_ON_DATA_ACCESS,
  RECALL_ON_OPEN,
  TAG_MOUNT_POINT,
} from '../../src/windows/attributes.js';

const ARCHIVE = 0x20;
const DIRECTORY = 0x10;
const REPARSE_POINT = 0x400;

describe('attributes of Windows', () => {
  it.each([
    ['a plain file', ARCHIVE, false],
    ['a file on tape', ARCHIVE | OFFLINE, true],
    ['a file of a cloud drive that is not here', ARCHIVE | REPARSE_POINT | RECALL_ON_DATA_ACCESS, true],
    ['a file that opening fetches', RECALL_ON_OPEN, true],
    ['a folder of a cloud drive, with its names here', DIRECTORY | REPARSE_POINT | OFFLINE | RECALL_ON_DATA_ACCESS, false],
    ['a folder whose names are not here', DIRECTORY | RECALL_ON_OPEN, true],
  ])('%s', (_, attributes, expected) => {
    expect(isPlaceholder({ attributes, tag: 0 })).toBe(expected);
  });

  it.each([
    ['a symbolic link of WSL', REPARSE_POINT, 0xa000001d, true],
    ['a volume mounted in a folder', DIRECTORY | REPARSE_POINT, TAG_MOUNT_POINT, false],
    ['a deduplicated file', ARCHIVE | REPARSE_POINT, 0x80000013, false],
    ['a file of a cloud drive', ARCHIVE | REPARSE_POINT, 0x9000001a, false],
    ['no reparse point, whatever lies in the field', ARCHIVE, 0xa000001d, false],
  ])('%s', (_, attributes, tag, expected) => {
    expect(isOtherLink({ attributes, tag })).toBe(expected);
  });

  it.each(['名簿.xlsx', '🗾.txt', 'x'.repeat(255)])('reads the name %s with its marks out of WIN32_FIND_DATAW', (name) => {
    const block = Buffer.alloc(FIND_DATA_BYTES, 0xee);
    block.writeUInt32LE(0x80000020, 0);
    block.writeUInt32LE(0x9000001a, 36);
    block.write(`${name}\0`, 44, 'utf16le');
    expect(parseFindData(block)).toEqual({ name, attributes: 0x80000020, tag: 0x9000001a });
  });

  it('ends a name at its field, without a closing zero', () => {
    expect(parseFindData(Buffer.alloc(FIND_DATA_BYTES, 0x61)).name).toHaveLength(260);
  });
});
