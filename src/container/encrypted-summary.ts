/**
 * The stream in which Office 2003 puts a locked document's property sets, encrypted (MS-OFFCRYPTO 2.3.5.4). Sets that can't be read are left out: the
 * document does not depend on them.
 */
import type { OleDirectory } from './ole.js';
import type { Rc4Blocks } from './rc4-office.js';

/** Excel and Word, PowerPoint. */
export const SUMMARY_STREAMS = ['encryption', 'EncryptedSummary'];
const STREAM_BYTES_MAX = 4 * 1024 * 1024;
const STREAMS_MAX = 64;
/** Offset, size, block, length of the name, flags, reserved. */
const DESCRIPTOR_BYTES = 16;

/** The sets by their streams' names. */
export function openSummary(ole: OleDirectory, blocks: Rc4Blocks): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const name of SUMMARY_STREAMS) {
    const bytes = ole.head(name, STREAM_BYTES_MAX);
    if (bytes.length >= 8) addSets(bytes, blocks, found);
  }
  return found;
}

function addSets(bytes: Buffer, blocks: Rc4Blocks, found: Map<string, Buffer>): void {
  const start = blocks(0).apply(bytes.subarray(0, 8)).readUInt32LE(0);
  if (start + 4 > bytes.length) return;
  const list = blocks(0).apply(bytes.subarray(start));
  const count = Math.min(list.readUInt32LE(0), STREAMS_MAX);
  for (let index = 0, at = 4; index < count && at + DESCRIPTOR_BYTES <= list.length; index++) {
    const offset = list.readUInt32LE(at);
    const size = list.readUInt32LE(at + 4);
    const block = list.readUInt16LE(at + 8);
    const nameEnd = at + DESCRIPTOR_BYTES + 2 * (list[at + 10] ?? 0);
    const name = list.toString('utf16le', at + DESCRIPTOR_BYTES, nameEnd);
    if (offset <= bytes.length) found.set(name, blocks(block).apply(bytes.subarray(offset, offset + size)));
    at = nameEnd + 2;
  }
}
