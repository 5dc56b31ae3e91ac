/** The shares of a server with their permissions (NetShareEnum, lmshare.h). It judges nothing. */
import { ERROR_NOT_SUPPORTED, NERR_SERVER_NOT_STARTED } from './error-code.js';
import type { Koffi, WindowsLibraries } from './library.js';

export interface WindowsShare {
  readonly name: string;
  /** On the server itself, `C:\data`. */
  readonly path: string;
  /** Self-relative; null where the share has none, which limits nobody. */
  readonly descriptor: Buffer | null;
}

/** STYPE_* (lmshare.h): the kind in the low byte, and the mark of C$, ADMIN$ and IPC$, which administrators alone may use. */
const STYPE_MASK = 0xff;
const STYPE_DISKTREE = 0;
const STYPE_SPECIAL = 0x80000000;

const PREFERRED_MAX = 0xffffffff;
/** A server has fewer; a count beyond is none. */
const SHARES_MAX = 100_000;
const DESCRIPTOR_BYTES_MAX = 1 << 17;

/** A level of NetShareEnum: 502 tells paths and permissions to administrators and server operators, 1 the names to everybody. */
type Level = 502 | 1;

/** What a computer answers that shares nothing, because it has no server service or has not started it. */
const NO_SERVER: ReadonlySet<number> = new Set([ERROR_NOT_SUPPORTED, NERR_SERVER_NOT_STARTED]);

/**
 * @param server null for this host, else its name without backslashes.
 * @returns the shares of folders but the administrative ones; or the code of the error, where there are some and their permissions are not
 *   told to this user.
 */
export function readShares(windows: WindowsLibraries, server: string | null): WindowsShare[] | number {
  const { koffi, advapi32 } = windows;
  const length = advapi32.func('uint32_t __stdcall GetSecurityDescriptorLength(void *descriptor)');
  const full = listed(windows, server, 502, (list, count) =>
    decodeShares(koffi, list, count, (descriptor) => length(descriptor) as number),
  );
  if (typeof full !== 'number') return full;
  if (server === null && NO_SERVER.has(full)) return [];
  const types = listed(windows, server, 1, (list, count) => koffi.decode(list, koffi.array(shareType(koffi), count)) as { type: number }[]);
  return typeof types !== 'number' && !types.some(({ type }) => isPlainFolder(type)) ? [] : full;
}

function listed<T>(
  { netapi32 }: WindowsLibraries,
  server: string | null,
  level: Level,
  decode: (list: unknown, count: number) => T[],
): T[] | number {
  const shareEnum = netapi32.func(
    'uint32_t __stdcall NetShareEnum(str16 server, uint32_t level, _Out_ void **list, uint32_t sizeMax, _Out_ uint32_t *read, _Out_ uint32_t *total, void *resume)',
  );
  const free = netapi32.func('uint32_t __stdcall NetApiBufferFree(void *list)');
  const list: [unknown] = [null];
  const count: [number] = [0];
  const name = server === null ? null : `\\\\${server}`;
  const code = shareEnum(name, level, list, PREFERRED_MAX, count, [0], null) as number;
  try {
    if (code !== 0) return code;
    return count[0] === 0 ? [] : decode(list[0], Math.min(count[0], SHARES_MAX));
  } finally {
    if (list[0] !== null) free(list[0]);
  }
}

function isPlainFolder(type: number): boolean {
  return (type & STYPE_MASK) === STYPE_DISKTREE && type < STYPE_SPECIAL;
}

/** SHARE_INFO_1. */
function shareType(koffi: Koffi) {
  return koffi.struct({ name: 'str16', type: 'uint32_t', remark: 'str16' });
}

interface Info502 {
  readonly name: string | null;
  readonly type: number;
  readonly path: string | null;
  readonly descriptor: unknown;
}

/** @param list points to `count` blocks of SHARE_INFO_502. */
export function decodeShares(koffi: Koffi, list: unknown, count: number, lengthOf: (descriptor: unknown) => number): WindowsShare[] {
  const infos = koffi.decode(list, koffi.array(shareInfo(koffi), count)) as Info502[];
  return infos
    .filter(({ type, name, path }) => isPlainFolder(type) && name !== null && path !== null)
    .map(({ name, path, descriptor }) => ({
      name: name!,
      path: path!,
      descriptor: descriptor === null ? null : bytesAt(koffi, descriptor, Math.min(lengthOf(descriptor), DESCRIPTOR_BYTES_MAX)),
    }));
}

/** SHARE_INFO_502 (lmshare.h). */
export function shareInfo(koffi: Koffi) {
  return koffi.struct({
    name: 'str16',
    type: 'uint32_t',
    remark: 'str16',
    permissions: 'uint32_t',
    usesMax: 'uint32_t',
    uses: 'uint32_t',
    path: 'str16',
    password: 'void *',
    reserved: 'uint32_t',
    descriptor: 'void *',
  });
}

function bytesAt(koffi: Koffi, pointer: unknown, sizeBytes: number): Buffer {
  return Buffer.from(koffi.decode(pointer, koffi.array('uint8_t', sizeBytes, 'Typed')) as Uint8Array);
}
