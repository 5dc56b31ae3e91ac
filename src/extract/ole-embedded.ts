/**
 * Files inside a compound file: objects that Word, and others in its way, keep in storages of their own (MS-DOC 2.1.10). What can be taken out as
 * a file becomes a member; the rest is counted, to be told.
 */
import { memorySource } from '../container/memory-source.js';
import type { OleDirectory, OleEntry } from '../container/ole.js';
import { writeOleFile } from '../container/ole-writer.js';
import { limits } from '../limits.js';
import type { MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';

/** A file as it is: of an Office package, and of objects that keep theirs whole. */
const WHOLE = new Set(['Package', 'CONTENTS', 'EmbeddedOdf']);
const PACKED = '\x01Ole10Native';
/** Main streams of documents that are spread over their storage: with it they are a file, put together anew. */
const SPREAD = new Set(['Workbook', 'Book', 'WordDocument', 'PowerPoint Document']);
/** Storages inside each other; honest objects have a few. */
const DEPTH_MAX = 32;

/** `folder`: what the paths of their streams begin with, '' for all. Throws FileProblem('too-large') past the budget. */
export function* readOleMembers(ole: OleDirectory, folder: string, context: ExtractContext): Generator<MemberBlock> {
  let number = 0;
  let unread = 0;
  const { rest, objects } = gather(ole, folder);
  for (const [storage, entries] of objects) {
    try {
      const file = fileOf(ole, storage, entries);
      if (file) {
        context.unpacked(file.length);
        const name = `object ${++number}`;
        yield { kind: 'member', name, source: memorySource(name, file) };
      } else unread++;
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code === 'too-large') throw error;
      context.problem(error.code, `embedded object: ${error.detail}`);
    }
  }
  for (const { path, sizeBytes } of rest) {
    const stream = nameOf(path);
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

/** Streams below `folder`: those of documents that are spread over a storage, by the outermost such storage, and the rest. */
function gather(
  ole: OleDirectory,
  folder: string,
): { readonly rest: readonly OleEntry[]; readonly objects: ReadonlyMap<string, OleEntry[]> } {
  const streams = ole.entries.filter(({ path, kind }) => kind === 'stream' && path.startsWith(folder));
  const spread = new Set<string>();
  for (const { path } of streams) if (SPREAD.has(nameOf(path))) spread.add(path.slice(0, path.lastIndexOf('/') + 1));
  // Each object has a storage of its own; what lies beside them is none.
  spread.delete(folder);
  const objects = new Map<string, OleEntry[]>();
  const rest: OleEntry[] = [];
  for (const entry of streams) {
    const storage = spread.size > 0 ? outermost(entry.path, spread) : null;
    if (storage === null) rest.push(entry);
    else {
      const entries = objects.get(storage) ?? [];
      objects.set(storage, entries);
      entries.push(entry);
    }
  }
  return { rest, objects };
}

function outermost(path: string, storages: ReadonlySet<string>): string | null {
  let at = path.indexOf('/') + 1;
  for (let depth = 0; at > 0 && depth < DEPTH_MAX; depth++) {
    const storage = path.slice(0, at);
    if (storages.has(storage)) return storage;
    at = path.indexOf('/', at) + 1;
  }
  return null;
}

/** Null for what is too large, or too deep for an honest object. */
function fileOf(ole: OleDirectory, storage: string, entries: readonly OleEntry[]): Buffer | null {
  let bytes = 0;
  for (const { path, sizeBytes } of entries) {
    bytes += sizeBytes;
    if (bytes > limits.entryBytesMax || path.split('/').length > DEPTH_MAX) return null;
  }
  return writeOleFile(entries.map(({ path }) => ({ path: path.slice(storage.length), bytes: ole.stream(path) })));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
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
