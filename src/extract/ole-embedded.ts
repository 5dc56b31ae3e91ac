/**
 * Files inside a compound file: objects that Word, and others in its way, keep in storages of their own (MS-DOC 2.1.10). What can be taken out as
 * a file becomes a member; the rest is counted, to be told.
 */
import { memorySource } from '../container/memory-source.js';
import type { OleDirectory } from '../container/ole.js';
import { limits } from '../limits.js';
import type { MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';

/** A file as it is: of an Office package, and of objects that keep theirs whole. */
const WHOLE = new Set(['Package', 'CONTENTS', 'EmbeddedOdf']);
const PACKED = '\x01Ole10Native';
/** Main streams of documents that are spread over their storage: they are no file without it. */
const SPREAD = new Set(['Workbook', 'Book', 'WordDocument', 'PowerPoint Document']);

/** `folder`: what the paths of their streams begin with, '' for all. Throws FileProblem('too-large') past the budget. */
export function* readOleMembers(ole: OleDirectory, folder: string, context: ExtractContext): Generator<MemberBlock> {
  let number = 0;
  let unread = 0;
  for (const { path, kind, sizeBytes } of ole.entries) {
    if (kind !== 'stream' || !path.startsWith(folder)) continue;
    const stream = path.slice(path.lastIndexOf('/') + 1);
    if (SPREAD.has(stream)) unread++;
    if (!WHOLE.has(stream) && stream !== PACKED) continue;
    if (sizeBytes === 0 || sizeBytes > limits.entryBytesMax) {
      if (sizeBytes > 0) unread++;
      continue;
    }
    try {
      const bytes = ole.stream(path);
      const content = stream === PACKED ? unpackNative(bytes) : bytes;
      context.unpacked(content.length);
      const name = `object ${++number}`;
      yield { kind: 'member', name, source: memorySource(name, content) };
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code === 'too-large') throw error;
      context.problem(error.code, `embedded object: ${error.detail}`);
    }
  }
  if (unread > 0) context.problem('unsupported', `${unread} embedded ${unread === 1 ? 'object' : 'objects'} not taken out`);
}

/** The packager's form: size, flag 2, label, path, a number, the path again, size and content. Others keep bare content behind the size. */
function unpackNative(bytes: Buffer): Buffer {
  const content = bytes.subarray(4);
  if (content.length < 8 || content.readUInt16LE(0) !== 2) return content;
  const label = content.indexOf(0, 2);
  const path = label < 0 ? -1 : content.indexOf(0, label + 1);
  if (path < 0 || path + 9 > content.length) return content;
  const second = path + 9 + content.readUInt32LE(path + 5);
  if (second + 4 > content.length) return content;
  const size = content.readUInt32LE(second);
  return second + 4 + size <= content.length ? content.subarray(second + 4, second + 4 + size) : content;
}
