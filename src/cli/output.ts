/** Writes a report whole or not at all: into a new file beside its place, 0600, then renamed. `-` is standard output. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { codeOf, makeFolderFor } from './paths.js';

/** Throws UsageError when the file can't be written. */
export function writeReport(file: string, pieces: Iterable<string>): void {
  if (file === '-') {
    for (const piece of pieces) writeAll(1, Buffer.from(piece));
    return;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  makeFolderFor(file);
  let fd: number | null = null;
  try {
    fd = openSync(temporary, 'wx', 0o600);
    for (const piece of pieces) writeAll(fd, Buffer.from(piece));
    fsyncSync(fd);
    closeSync(fd);
    fd = null;
    renameSync(temporary, file);
  } catch (error) {
    if (fd !== null) closeSync(fd);
    rmSync(temporary, { force: true });
    if ((error as { code?: unknown }).code === undefined) throw error;
    throw new UsageError(`${file}: can't be written (${codeOf(error)})`);
  }
}

/** Standard output may be a pipe whose reader is slow (EAGAIN) or gone (EPIPE: then nobody wants the rest). */
export function writeAll(fd: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EPIPE' && fd === 1) return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
