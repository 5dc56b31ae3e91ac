/** Where a PowerPoint file keeps its encryption header (MS-PPT 2.3): behind the current user, the last edit and its table of objects. */
import type { OleDirectory } from '../container/ole.js';
import { FileProblem } from '../problem.js';

/** CurrentUserAtom.headerToken of an encrypted file (2.3.2). */
const TOKEN_ENCRYPTED = 0xf3d1c4df;
const USER_EDIT = 0x0ff5;
const PERSIST_DIRECTORY = 0x1772;
const CRYPT_SESSION = 0x2f14;
const DOCUMENT = 'PowerPoint Document';
const EDITS_MAX = 1000;
const HEADER_BYTES_MAX = 4096;

interface Atom {
  readonly type: number;
  readonly data: Buffer;
}

/** The encryption header (MS-OFFCRYPTO 2.3.5.1), null without encryption. Throws FileProblem('damaged'). */
export function pptEncryption(ole: OleDirectory): Buffer | null {
  const user = ole.head('Current User', 64);
  if (user.length < 20) throw new FileProblem('damaged', 'ppt: no current user');
  const document = ole.head(DOCUMENT, ole.entry(DOCUMENT)?.sizeBytes ?? 0);
  const edit = atomAt(document, user.readUInt32LE(16));
  const encrypted = user.readUInt32LE(12) === TOKEN_ENCRYPTED;
  if (edit?.type !== USER_EDIT || edit.data.length < 28) {
    if (encrypted) return Buffer.alloc(0);
    throw new FileProblem('damaged', 'ppt: last edit not found');
  }
  // The reference to the encryption session is there only in encrypted files (2.3.3).
  if (edit.data.length < 32) return encrypted ? Buffer.alloc(0) : null;
  const session = sessionAt(document, edit.data, edit.data.readUInt32LE(28));
  return session ?? (encrypted ? Buffer.alloc(0) : null);
}

function sessionAt(document: Buffer, lastEdit: Buffer, reference: number): Buffer | null {
  let edit = lastEdit;
  for (let edits = 0; edits < EDITS_MAX; edits++) {
    const offset = offsetOf(atomAt(document, edit.readUInt32LE(12)), reference);
    if (offset !== null) {
      const session = atomAt(document, offset);
      return session?.type === CRYPT_SESSION ? session.data.subarray(0, HEADER_BYTES_MAX) : null;
    }
    const before = atomAt(document, edit.readUInt32LE(8));
    if (before?.type !== USER_EDIT || before.data.length < 28) return null;
    edit = before.data;
  }
  return null;
}

/** PersistDirectoryAtom (2.3.4): runs of objects, each with its first number (20 bits), a count (12 bits) and offsets. */
function offsetOf(directory: Atom | null, reference: number): number | null {
  if (directory?.type !== PERSIST_DIRECTORY) return null;
  const { data } = directory;
  for (let at = 0; at + 4 <= data.length; ) {
    const run = data.readUInt32LE(at);
    const first = run & 0xfffff;
    const count = run >>> 20;
    const place = at + 4 + (reference - first) * 4;
    if (reference >= first && reference < first + count && place + 4 <= data.length) return data.readUInt32LE(place);
    at += 4 + count * 4;
  }
  return null;
}

/** Record header (2.3.1): version and instance, type, length. */
function atomAt(document: Buffer, offset: number): Atom | null {
  if (offset + 8 > document.length) return null;
  const start = offset + 8;
  return { type: document.readUInt16LE(offset + 2), data: document.subarray(start, start + document.readUInt32LE(offset + 4)) };
}
