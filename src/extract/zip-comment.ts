/** The comment at the end of a zip (APPNOTE 4.3.16): people write there what an archive is for. It judges nothing and throws nothing of its own. */
import type { Source } from '../model.js';

const END_MARK = 'PK\x05\x06';
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;

/** '' without one. Windows writes it in its own code page. */
export function zipComment(source: Source): string {
  const bytes = Math.min(source.sizeBytes, END_BYTES + COMMENT_BYTES_MAX);
  const tail = source.read(source.sizeBytes - bytes, bytes);
  const at = tail.lastIndexOf(END_MARK, Math.max(0, tail.length - END_BYTES), 'latin1');
  if (at < 0) return '';
  const comment = tail.subarray(at + END_BYTES, at + END_BYTES + tail.readUInt16LE(at + 20));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(comment).replaceAll('\0', '').trim();
  } catch {
    return new TextDecoder('shift_jis').decode(comment).replaceAll('\0', '').trim();
  }
}
