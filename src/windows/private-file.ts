/**
 * Gives our own files and folders to their owner alone, as mode 0600 does elsewhere: Windows takes no mode, and a new file inherits the list of
 * its folder. Only what this program has just made is ever handed in.
 */
import { descriptorReader } from './descriptor-bytes.js';
import { literalPath, loadWindows } from './library.js';

/** DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION (winnt.h). */
const DACL_WITHOUT_INHERITANCE = 0x4 | 0x80000000;
/** SE_DACL_PRESENT | SE_DACL_PROTECTED | SE_SELF_RELATIVE (MS-DTYP 2.4.6). */
const CONTROL = 0x0004 | 0x1000 | 0x8000;
const OBJECT_AND_CONTAINER_INHERIT = 0x3;
const FULL = 0x1f01ff;
const SYSTEM = Buffer.from('010100000000000512000000', 'hex');
const ADMINISTRATORS = Buffer.from('01020000000000052000000020020000', 'hex');

/** @returns false where it could not be done: no native library, or a volume without lists (FAT). Elsewhere than on Windows the mode says it. */
export function keepPrivate(path: string): boolean {
  const windows = loadWindows();
  if (windows === null) return process.platform !== 'win32';
  const descriptor = descriptorReader()!.read(path);
  const owner = typeof descriptor === 'number' ? null : ownerOf(descriptor);
  if (owner === null) return false;
  const set = windows.advapi32.func('int __stdcall SetFileSecurityW(str16 path, uint32_t what, void *descriptor)');
  return set(literalPath(path), DACL_WITHOUT_INHERITANCE >>> 0, privateDescriptor(owner)) !== 0;
}

/** Full control for the owner, the system and administrators, who have it anyway; a folder hands it on to what is made in it. */
export function privateDescriptor(owner: Buffer): Buffer {
  const entries = [owner, SYSTEM, ADMINISTRATORS].map((sid) => {
    const head = Buffer.from([0, OBJECT_AND_CONTAINER_INHERIT, 0, 0, 0, 0, 0, 0]);
    head.writeUInt16LE(head.length + sid.length, 2);
    head.writeUInt32LE(FULL, 4);
    return Buffer.concat([head, sid]);
  });
  const list = Buffer.concat([Buffer.from([2, 0, 0, 0, entries.length, 0, 0, 0]), ...entries]);
  list.writeUInt16LE(list.length, 2);
  const head = Buffer.alloc(20);
  head[0] = 1;
  head.writeUInt16LE(CONTROL, 2);
  head.writeUInt32LE(head.length, 16);
  return Buffer.concat([head, list]);
}

/** The bytes of the owner's SID out of a self-relative descriptor. */
function ownerOf(descriptor: Buffer): Buffer | null {
  const at = descriptor.readUInt32LE(4);
  return at === 0 ? null : Buffer.from(descriptor.subarray(at, at + 8 + 4 * descriptor[at + 1]!));
}
