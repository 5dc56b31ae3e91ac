/** Writes Word 97 documents of plain paragraphs in one piece (MS-DOC 2.5, 2.9.38), with the old fields of the header too, by which catdoc finds the text. */
import { writeCfb } from './write-cfb.mjs';

const TEXT = 2048;
const CLX_PAIR = 0x9a + 33 * 8;

export function writeDoc(lines) {
  const text = lines.map((line) => `${line}\r`).join('');
  const encoded = Buffer.from(text, 'utf16le');
  // At least a sector of its own: a stream below 4,096 bytes would go to the mini stream, where few of the older readers look.
  const document = Buffer.alloc(Math.max(4096, TEXT + encoded.length));
  document.writeUInt16LE(0xa5ec, 0);
  document.writeUInt16LE(0xc1, 2);
  // The text is in 16-bit characters, and the tables are in 1Table.
  document.writeUInt16LE(0x1200, 10);
  document.writeUInt32LE(TEXT, 0x18);
  document.writeUInt32LE(TEXT + encoded.length, 0x1c);
  document.writeInt32LE(text.length, 0x4c);
  encoded.copy(document, TEXT);
  const pieces = Buffer.alloc(21);
  pieces[0] = 2;
  pieces.writeUInt32LE(16, 1);
  pieces.writeUInt32LE(text.length, 9);
  pieces.writeUInt32LE(TEXT, 15);
  document.writeUInt32LE(0, CLX_PAIR);
  document.writeUInt32LE(pieces.length, CLX_PAIR + 4);
  return writeCfb([
    ['WordDocument', document],
    ['1Table', pieces],
  ]);
}
