/** How much memory a process holds for itself. Linux tells; elsewhere the worker reports its own with every answer. */
import { closeSync, openSync, readSync } from 'node:fs';

const PAGE_BYTES = 4096;
const buffer = Buffer.alloc(128);

/** Resident bytes that it shares with nobody else; null where the host does not tell. */
export function privateBytes(pid: number): number | null {
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/statm`, 'r');
  } catch {
    return null;
  }
  try {
    const [, resident = 0, shared = 0] = buffer
      .toString('latin1', 0, readSync(fd, buffer, 0, 128, 0))
      .split(' ')
      .map(Number);
    return Math.max(0, resident - shared) * PAGE_BYTES;
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}
