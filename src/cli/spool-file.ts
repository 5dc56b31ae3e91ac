/** A file for what a report must put aside until it is complete: beside the report, its owner's alone, gone with the process. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spool } from '../report/zip-stream.js';
import { keepPrivate } from '../windows/private-file.js';
import { removeIfThere, unwritable, writeAll } from './output.js';

/** Calls `use` with a new spool and removes it afterwards, also when nobody reads to the end. `file`: the report, `-` for standard output. */
export function* withSpool<T>(file: string, use: (spool: Spool) => Iterable<T>): Generator<T> {
  const name = `mimawari-${process.pid}-${randomBytes(6).toString('hex')}`;
  const place = file === '-' ? join(tmpdir(), name) : `${file}.${process.pid}.spool`;
  let fd: number;
  try {
    fd = openSync(place, 'wx+', 0o600);
  } catch (error) {
    throw unwritable(place, error);
  }
  try {
    keepPrivate(place);
    // Where a system lets an open file go, nothing is left behind even by a process that is killed.
    if (process.platform !== 'win32') removeIfThere(place);
    yield* use({
      append: (bytes) => writeAll(fd, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
      read: (offset, length) => readAt(fd, offset, length),
    });
  } finally {
    closeSync(fd);
    removeIfThere(place);
  }
}

/** Reading at a place leaves the end, where writing goes on, as it is. */
function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const got = readSync(fd, bytes, done, length - done, offset + done);
    if (got === 0) throw new Error('a spool file ended early');
    done += got;
  }
  return bytes;
}
