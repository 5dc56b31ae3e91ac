/** Writes a report whole or not at all: into a new file beside its place, 0600, then renamed. `-` is standard output. */
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../problem.js';
import { keepPrivate } from '../windows/private-file.js';
import { causeJa, codeOf, makeFolderFor, refusalOf, refuseReservedName } from './paths.js';

export type Piece = string | Uint8Array;

/** What was written, as it can be checked later. */
export interface Written {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * `mode`: who may read it, the owner alone by default. Null where no file was made: standard output, a pipe or device.
 * @throws UsageError when the file can't be written
 */
export function writeReport(file: string, pieces: Iterable<Piece>, mode = 0o600): Written | null {
  if (file === '-') {
    for (const piece of pieces) writeAll(1, bytesOf(piece));
    return null;
  }
  if (isDevice(file)) {
    writeThrough(file, pieces);
    return null;
  }
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const temporary = `${file}.${process.pid}.tmp`;
  let fd: number | null = null;
  try {
    fd = openSync(temporary, 'wx', 0o600);
    if (mode === 0o600) keepPrivate(temporary);
    else fchmodSync(fd, mode);
    for (const piece of pieces) {
      const bytes = bytesOf(piece);
      hash.update(bytes);
      sizeBytes += bytes.length;
      writeAll(fd, bytes);
    }
    fsyncSync(fd);
    closeSync(fd);
    fd = null;
    renameSync(temporary, file);
    return { sizeBytes, sha256: hash.digest('hex') };
  } catch (error) {
    if (fd !== null) closeSync(fd);
    removeIfThere(temporary);
    throw unwritable(file, error);
  }
}

function bytesOf(piece: Piece): Buffer {
  return typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

/**
 * Throws UsageError when a report can't be written there: asked before a sweep, because a night must not be lost for it. Makes its folder.
 * `kept`: files that the command reads or keeps, of which a report would make an end.
 */
export function assertWritable(file: string, kept: readonly string[] = []): void {
  assertPlace(file, kept, makeFolderFor);
}

/** The same, and nothing is made. */
export function assertCouldWrite(file: string, kept: readonly string[]): void {
  assertPlace(file, kept, refuseReservedName);
}

function assertPlace(file: string, kept: readonly string[], prepare: (file: string) => void): void {
  if (file === '-' || isDevice(file)) return;
  if (kept.some((one) => isSameFile(one, file)))
    throw new UsageError({
      ja: `${file}: 台帳、鍵、設定など、この命令が使うファイルです。上書きすると失われるので、別の名前を指定してください`,
      en: `${file}: is a file that this command uses (inventory, key, configuration …) and would be lost; choose another name`,
    });
  prepare(file);
  const code = refusalOf(file);
  if (code === 'EISDIR')
    throw new UsageError({
      ja: `${file}: フォルダーです。書き出すファイルの名前を指定してください`,
      en: `${file}: is a folder; name a file`,
    });
  if (code !== null) throw unwritable(file, { code });
}

/** Also under another name (a link, another case on Windows), and when one of them is not there yet. */
function isSameFile(a: string, b: string): boolean {
  if (resolve(a) === resolve(b)) return true;
  const [one, other] = [a, b].map((file) => statIfReached(file));
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
}

/** A pipe, a terminal, /dev/null: written into, never replaced. */
export function isDevice(file: string): boolean {
  const stat = statIfReached(file);
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

/** Undefined also where a file stands in the way or the way is closed: that is told when it is to be written. */
function statIfReached(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false, bigint: true });
  } catch {
    return undefined;
  }
}

function writeThrough(file: string, pieces: Iterable<Piece>): void {
  try {
    const fd = openSync(file, 'w');
    for (const piece of pieces) writeAll(fd, bytesOf(piece));
    closeSync(fd);
  } catch (error) {
    throw unwritable(file, error);
  }
}

export function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It could not be made in the first place: the reason is told already.
  }
}

/** What to throw when a file could not be written: an error of the system as one of the operator, any other as it is. */
export function unwritable(file: string, error: unknown): unknown {
  if (error instanceof UsageError || (error as { code?: unknown }).code === undefined) return error;
  const code = codeOf(error);
  return new UsageError({ ja: `${file}: 書き込めません（${causeJa(code)}）`, en: `${file}: can't be written (${code})` });
}

/** Standard output may be a pipe whose reader is slow (EAGAIN) or gone (EPIPE: then nobody wants the rest). */
export function writeAll(fd: number, bytes: Buffer): void {
  const console = consoleOf(fd);
  if (console !== null) {
    console.write(bytes);
    return;
  }
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EPIPE' && fd <= 2) return;
      if (code !== 'EAGAIN')
        throw fd === 1
          ? new UsageError({ ja: `標準出力に書き込めません（${causeJa(code)}）`, en: `standard output can't be written (${code})` })
          : error;
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
}

/**
 * A console of Windows takes the bytes of a file in its own code page (CP932), and turned Japanese into noise; written through the stream,
 * libuv turns UTF-8 into the UTF-16 of WriteConsoleW, at once and in order. Pipes and files get UTF-8.
 */
function consoleOf(fd: number): NodeJS.WriteStream | null {
  if (process.platform !== 'win32' || (fd !== 1 && fd !== 2)) return null;
  const stream = fd === 1 ? process.stdout : process.stderr;
  return stream.isTTY ? stream : null;
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
