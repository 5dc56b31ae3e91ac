/** How much memory a process holds for itself, and how much it has read. Linux tells; elsewhere a worker reports its own memory with every answer. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

const PAGE_BYTES = 4096;
const buffer = Buffer.alloc(128);

/**
 * Resident bytes of this process. Where the host does not tell (a Linux without /proc) those that V8 holds, which are the most of it: a sweep without that bound
 * seen in full is better than none, and the bound of each worker's heap holds all the same.
 */
export function residentBytes(): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    const { total_heap_size, external_memory } = getHeapStatistics();
    return total_heap_size + external_memory;
  }
}

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

/** Bytes that read calls of this process, its ended children and the processes `pids` gave so far (proc_pid_io(5), rchar); null where the host does not tell. */
export function readBytesOfTree(pids: readonly number[]): number | null {
  const own = readCharsOf('self');
  return own === null ? null : pids.reduce((sum, pid) => sum + (readCharsOf(String(pid)) ?? 0), own);
}

function readCharsOf(process: string): number | null {
  try {
    const [, chars] = /^rchar: (\d+)/m.exec(readFileSync(`/proc/${process}/io`, 'latin1')) ?? [];
    return chars === undefined ? null : Number(chars);
  } catch {
    return null;
  }
}
