/** The records of a PowerPoint document stream (MS-PPT 2.3.1) and which of them are in use. It knows no text. */

export interface PptRecord {
  readonly type: number;
  readonly instance: number;
  /** Records may stand inside. */
  readonly isContainer: boolean;
  /** Offset of the record's header, and of its content from `start` to before `end`. */
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  /** The length that it states runs past what holds it. */
  readonly cut: boolean;
}

const HEADER_BYTES = 8;
const USER_EDIT = 0x0ff5;
const PERSIST_DIRECTORY = 0x1772;
const EDITS_MAX = 1_000;
const OBJECTS_MAX = 1_000_000;

export function recordAt(bytes: Buffer, offset: number, bound: number): PptRecord | null {
  if (offset + HEADER_BYTES > bound) return null;
  const version = bytes.readUInt16LE(offset);
  const start = offset + HEADER_BYTES;
  const stated = start + bytes.readUInt32LE(offset + 4);
  const end = Math.min(stated, bound);
  return {
    type: bytes.readUInt16LE(offset + 2),
    instance: version >> 4,
    isContainer: (version & 0xf) === 0xf,
    offset,
    start,
    end,
    cut: stated > bound,
  };
}

export function* recordsIn(bytes: Buffer, start: number, end: number): Generator<PptRecord> {
  for (let at = start; ; ) {
    const record = recordAt(bytes, at, end);
    if (!record) return;
    yield record;
    at = record.end;
  }
}

/**
 * Offsets of the objects that are in use, by their numbers: PowerPoint appends what is changed, and the last edit's lists come first
 * (2.1.2). Null where the lists can't be read.
 */
export function readLiveObjects(document: Buffer, currentUser: Buffer): Map<number, number> | null {
  if (currentUser.length < 20) return null;
  const objects = new Map<number, number>();
  let offset = currentUser.readUInt32LE(16);
  for (let edits = 0; edits < EDITS_MAX && offset !== 0; edits++) {
    const edit = recordAt(document, offset, document.length);
    if (edit?.type !== USER_EDIT || edit.end - edit.start < 16) return edits > 0 ? objects : null;
    const directory = recordAt(document, document.readUInt32LE(edit.start + 12), document.length);
    if (directory?.type !== PERSIST_DIRECTORY) return null;
    addObjects(document, directory, objects);
    const before = document.readUInt32LE(edit.start + 8);
    if (before >= offset) break;
    offset = before;
  }
  return objects;
}

/** Runs of objects, each with its first number (20 bits), a count (12 bits) and offsets (2.3.4). */
function addObjects(document: Buffer, { start, end }: PptRecord, objects: Map<number, number>): void {
  for (let at = start; at + 4 <= end; ) {
    const run = document.readUInt32LE(at);
    const first = run & 0xfffff;
    const count = run >>> 20;
    at += 4;
    for (let index = 0; index < count && at + 4 <= end && objects.size < OBJECTS_MAX; index++, at += 4) {
      if (!objects.has(first + index)) objects.set(first + index, document.readUInt32LE(at));
    }
  }
}
