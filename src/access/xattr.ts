/**
 * Extended attributes through libc, since Node has no call for them. Links are not followed. Where the native library can't be loaded
 * (another system, a refused binary) there are none, and the caller says so.
 */
import { createRequire } from 'node:module';

/** XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h. */
const XATTR_BYTES_MAX = 65_536;

export interface Xattrs {
  /** The value, only valid until the next call; or the errno (61 ENODATA, 95 ENOTSUP, 13 EACCES, …). */
  get(path: string | Buffer, name: string): Buffer | number;
  /** The names; or the errno. */
  list(path: string | Buffer): string[] | number;
}

/** errno of Linux, the same on all its machines that Node runs on. */
export const EACCES = 13;
export const ENODATA = 61;
export const ENOTSUP = 95;

/** Loaded at the first need (about 15 ms). Null where it can't be. */
export function loadXattrs(): Xattrs | null {
  if (process.platform !== 'linux') return null;
  try {
    return bind();
  } catch {
    // No prebuilt binary for this machine, or native code is forbidden: the caller answers `unknown` with this reason.
    return null;
  }
}

type Koffi = typeof import('koffi').default;

function bind(): Xattrs {
  const koffi = createRequire(import.meta.url)('koffi') as Koffi;
  const libc = koffi.load(null);
  // Two views of one function: strings are handed over as UTF-8, byte paths as they are.
  const getByString = libc.func('lgetxattr', 'int64_t', ['const char *', 'const char *', 'void *', 'size_t']);
  const getByBytes = libc.func('lgetxattr', 'int64_t', ['void *', 'const char *', 'void *', 'size_t']);
  const listByString = libc.func('llistxattr', 'int64_t', ['const char *', 'void *', 'size_t']);
  const listByBytes = libc.func('llistxattr', 'int64_t', ['void *', 'void *', 'size_t']);
  const held = Buffer.alloc(XATTR_BYTES_MAX);
  return {
    get(path, name) {
      const got = Number(
        typeof path === 'string' ? getByString(path, name, held, held.length) : getByBytes(terminated(path), name, held, held.length),
      );
      return got < 0 ? koffi.errno() : held.subarray(0, got);
    },
    list(path) {
      const got = Number(
        typeof path === 'string' ? listByString(path, held, held.length) : listByBytes(terminated(path), held, held.length),
      );
      return got < 0 ? koffi.errno() : held.toString('latin1', 0, got).split('\0').slice(0, -1);
    },
  };
}

function terminated(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.of(0)]);
}
