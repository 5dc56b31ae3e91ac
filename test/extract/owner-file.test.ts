import { expect, it } from 'vitest';
import { ownerFileExtractor } from '../../src/extract/owner-file.js';
import { cp932 } from '../kit/cp932.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

/** As Excel fills it: 55 bytes, then 110, with the length in two bytes. */
function ownerFile(name: string): Buffer {
  const bytes = Buffer.alloc(165, 0x20);
  const plain = cp932(name);
  bytes[0] = plain.length;
  plain.copy(bytes, 1);
  bytes.writeUInt16LE(name.length, 55);
  bytes.write(name, 57, 'utf16le');
  return bytes;
}

it.each(['佐藤 幸子', 'Yamada'])('tells once who has the document open: %s', async (name) => {
  const { blocks, problems } = await readBlocks(ownerFileExtractor, ownerFile(name));
  expect(blocks).toEqual([{ where: { part: 'author' }, text: name }]);
  expect(problems).toEqual([]);
  expect(await errorsOfDamaged(ownerFileExtractor, ownerFile(name))).toEqual([]);
});
