/**
 * The encryption of a presentation of PowerPoint 97 to 2003 (MS-PPT 2.3): its header lies behind the current user, the last edit and its table of
 * objects. With a password that fits its objects and pictures are given back in the clear.
 */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { type OfficeLock, rc4Lock } from './office-lock.js';
import type { OleDirectory } from './ole.js';
import { type Rc4Blocks, unlockRc4 } from './rc4-office.js';

/** CurrentUserAtom.headerToken of an encrypted and of an open file (2.3.2). */
const TOKEN_ENCRYPTED = 0xf3d1c4df;
const TOKEN_OPEN = 0xe391c05f;
const TOKEN_AT = 12;
const USER_EDIT = 0x0ff5;
const PERSIST_DIRECTORY = 0x1772;
const CRYPT_SESSION = 0x2f14;
const NO_TYPE = 0;
const DOCUMENT = 'PowerPoint Document';
const USER = 'Current User';
const PICTURES = 'Pictures';
const EDITS_MAX = 1000;
const OBJECTS_MAX = 1_000_000;
const HEADER_BYTES_MAX = 4096;
const RECORD_HEAD = 8;
const UNKNOWN: OfficeLock = { sort: 'other', scheme: 'unknown' };

interface Atom {
  readonly type: number;
  readonly data: Buffer;
}

/** Null without encryption. Throws FileProblem('damaged'). */
export function readPowerPointLock(ole: OleDirectory): OfficeLock | null {
  const user = ole.head(USER, 64);
  if (user.length < 20) throw new FileProblem('damaged', 'ppt: no current user');
  const document = ole.head(DOCUMENT, ole.entry(DOCUMENT)?.sizeBytes ?? 0);
  const encrypted = user.readUInt32LE(TOKEN_AT) === TOKEN_ENCRYPTED;
  const edit = atomAt(document, user.readUInt32LE(16));
  if (edit?.type !== USER_EDIT || edit.data.length < 28) {
    if (encrypted) return UNKNOWN;
    throw new FileProblem('damaged', 'ppt: last edit not found');
  }
  const reference = sessionOf(edit.data);
  if (reference !== null) {
    for (const { id, offset } of objectsOf(document, user)) {
      if (id !== reference) continue;
      const session = atomAt(document, offset);
      return session?.type === CRYPT_SESSION ? rc4Lock(session.data.subarray(0, HEADER_BYTES_MAX)) : encrypted ? UNKNOWN : null;
    }
  }
  return encrypted ? UNKNOWN : null;
}

/** The reference to the encryption session is there only in encrypted files (2.3.3). */
function sessionOf(edit: Buffer): number | null {
  return edit.length >= 32 ? edit.readUInt32LE(28) : null;
}

/** Its streams as they are without a password; null when this one does not open it. */
export function openPowerPoint(ole: OleDirectory, lock: OfficeLock, password: string): Map<string, Buffer> | null {
  const blocks = lock.sort === 'rc4' ? unlockRc4(lock.header, password) : null;
  if (!blocks) return null;
  const user = Buffer.from(ole.stream(USER));
  const document = Buffer.from(ole.stream(DOCUMENT));
  openObjects(document, user, blocks);
  user.writeUInt32LE(TOKEN_OPEN, TOKEN_AT);
  const streams = new Map<string, Buffer>([
    [USER, user],
    [DOCUMENT, document],
  ]);
  const pictures = ole.head(PICTURES, limits.wholeBytesMax);
  if (pictures.length > 0) streams.set(PICTURES, openPictures(Buffer.from(pictures), blocks));
  return streams;
}

/** Each object is one stream of the cipher, whose block is the object's number; edits, tables and the session are left in the clear (2.3.7). */
function openObjects(document: Buffer, user: Buffer, blocks: Rc4Blocks): void {
  const edit = atomAt(document, user.readUInt32LE(16));
  const reference = edit && sessionOf(edit.data);
  const ids = new Map<number, number>();
  for (const { id, offset } of objectsOf(document, user)) {
    if (id !== reference && !ids.has(offset)) ids.set(offset, id);
    // The session is called by another name, or the file would look as if it were still locked.
    if (id === reference && atomAt(document, offset)?.type === CRYPT_SESSION) document.writeUInt16LE(NO_TYPE, offset + 2);
  }
  const offsets = [...ids.keys()].sort((a, b) => a - b);
  for (const [index, offset] of offsets.entries()) {
    // No byte twice, whatever lengths say.
    const bound = Math.min(offsets[index + 1] ?? document.length, document.length);
    if (offset + RECORD_HEAD > bound) continue;
    const cipher = blocks(ids.get(offset) ?? 0);
    cipher.apply(document.subarray(offset, offset + RECORD_HEAD)).copy(document, offset);
    const end = Math.min(offset + RECORD_HEAD + document.readUInt32LE(offset + 4), bound);
    cipher.apply(document.subarray(offset + RECORD_HEAD, end)).copy(document, offset + RECORD_HEAD);
  }
}

/** Bitmaps have a byte of no meaning before their content, metafiles a header (MS-ODRAW 2.2.24 to 2.2.31). */
const METAFILES = new Set([0xf01a, 0xf01b, 0xf01c]);
/** Sizes, rectangle, size in EMU, size when packed, compression, filter. */
const METAFILE_FIELDS = [4, 16, 8, 4, 1, 1];
const TWO_IDS = new Set([0x217, 0x3d5, 0x46b, 0x543, 0x6e1, 0x6e3, 0x6e5, 0x7a9]);

/** Every field of a picture's record begins the cipher afresh with block 0 (MS-PPT 2.1.3). */
function openPictures(pictures: Buffer, blocks: Rc4Blocks): Buffer {
  const open = (start: number, length: number): number => {
    const end = Math.min(start + length, pictures.length);
    blocks(0).apply(pictures.subarray(start, end)).copy(pictures, start);
    return end;
  };
  for (let at = 0; at + RECORD_HEAD <= pictures.length; ) {
    let place = open(at, RECORD_HEAD);
    const type = pictures.readUInt16LE(at + 2);
    const end = Math.min(place + pictures.readUInt32LE(at + 4), pictures.length);
    const fields = [16, ...(TWO_IDS.has(pictures.readUInt16LE(at) >> 4) ? [16] : []), ...(METAFILES.has(type) ? METAFILE_FIELDS : [1])];
    for (const bytes of fields) if (place + bytes <= end) place = open(place, bytes);
    open(place, end - place);
    at = end;
  }
  return pictures;
}

/** Numbers and offsets of all objects, the last edit's first (2.3.4): runs with their first number (20 bits), a count (12 bits) and offsets. */
function* objectsOf(document: Buffer, user: Buffer): Generator<{ id: number; offset: number }> {
  let edit = atomAt(document, user.readUInt32LE(16));
  for (let edits = 0, objects = 0; edit?.type === USER_EDIT && edit.data.length >= 28 && edits < EDITS_MAX; edits++) {
    const directory = atomAt(document, edit.data.readUInt32LE(12));
    const data = directory?.type === PERSIST_DIRECTORY ? directory.data : Buffer.alloc(0);
    for (let at = 0; at + 4 <= data.length; ) {
      const run = data.readUInt32LE(at);
      at += 4;
      for (let index = 0; index < run >>> 20 && at + 4 <= data.length; index++, at += 4) {
        if (++objects > OBJECTS_MAX) return;
        yield { id: (run & 0xfffff) + index, offset: data.readUInt32LE(at) };
      }
    }
    const before = edit.data.readUInt32LE(8);
    edit = before === 0 ? null : atomAt(document, before);
  }
}

/** Record header (2.3.1): version and instance, type, length. */
function atomAt(document: Buffer, offset: number): Atom | null {
  if (offset + RECORD_HEAD > document.length) return null;
  const start = offset + RECORD_HEAD;
  return { type: document.readUInt16LE(offset + 2), data: document.subarray(start, start + document.readUInt32LE(offset + 4)) };
}
