/**
 * Opens a walked file for reading, and reads it without a trace: no link is followed, the access time stays where the system allows it, and
 * the file must be the one that was walked. It refuses whatever is not a regular file.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { limits } from '../limits.js';
import type { FileStat, Source } from '../model.js';
import type { ReadMeter } from '../parts.js';
import { FileProblem } from '../problem.js';
import { errnoOf, problemCodeOf } from './errno.js';

/** A source on the disk. The one who opened it closes it. */
export interface FileSource extends Source {
  /** False when the system did not let it be asked that the file's access time stays. */
  readonly accessTimeKept: boolean;
  /** After `close`: whether the reading was noted in the file's access time (a mount with noatime notes none, whatever was asked). */
  readonly accessTimeMoved: boolean;
  /** `sha256:` and hex of the whole content; reads again only what no earlier whole reading has passed. Throws like `read`. */
  hash(): string;
  /** Whether size and time of change are still those of the opening. Throws like `read`. */
  unchanged(): boolean;
  close(): void;
}

/** What tells that the opened file is the walked one. */
export type Expected = Pick<FileStat, 'dev' | 'ino' | 'sizeBytes' | 'modifiedMs'>;

/** Windows has none of these flags; there lstat before opening tells links. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const NO_ACCESS_TIME = constants.O_NOATIME ?? 0;
/** A file of this size is read in one go at the first look: one call costs less than the several that a container's directory takes. */
const SMALL_BYTES = 64 * 1024;

const NO_METER: ReadMeter = { callBytesMax: Number.POSITIVE_INFINITY, before: () => {}, after: () => {} };

/**
 * @param expected what the walk saw; null takes any regular file. Size and time may have moved on since (the content is then read as it is
 *   now); another file in its place is refused.
 * @param meter is told of each read call
 * @throws FileProblem gone, no-access, changing (replaced, a link, in use), special-file, read-error
 */
export function openSource(path: string | Buffer, expected: Expected | null, name: string, meter = NO_METER): FileSource {
  const { fd, accessTimeKept } = openQuietly(path);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new FileProblem('special-file', 'not a regular file');
    // Windows may give another volume number by handle than by path, so there the file's number alone is held against it.
    const moved = expected !== null && (stat.ino !== expected.ino || (process.platform !== 'win32' && stat.dev !== expected.dev));
    if (moved) throw new FileProblem('changing', 'another file took its place since it was walked');
    return new DiskSource(fd, name, stat, accessTimeKept, meter);
  } catch (error) {
    closeSync(fd);
    throw error instanceof FileProblem ? error : fileProblemOf(error, 'looking at');
  }
}

function openQuietly(path: string | Buffer): { fd: number; accessTimeKept: boolean } {
  try {
    if (process.platform === 'win32' && lstatSync(path).isSymbolicLink())
      throw new FileProblem('changing', 'a link took its place since it was walked');
    if (NO_ACCESS_TIME !== 0) {
      try {
        return { fd: openSync(path, FLAGS | NO_ACCESS_TIME), accessTimeKept: true };
      } catch (error) {
        // open(2): EPERM when the caller neither owns the file nor has CAP_FOWNER.
        if (errnoOf(error) !== 'EPERM') throw error;
      }
    }
    return { fd: openSync(path, FLAGS), accessTimeKept: false };
  } catch (error) {
    throw error instanceof FileProblem ? error : fileProblemOf(error, 'opening');
  }
}

function fileProblemOf(error: unknown, doing: string): FileProblem {
  const errno = errnoOf(error);
  return new FileProblem(problemCodeOf(errno), `${errno} when ${doing} it`);
}

class DiskSource implements FileSource {
  readonly sizeBytes: number;
  accessTimeMoved = false;
  private readonly modifiedMs: number;
  private readonly accessedMs: number;
  /** The whole content, kept for a small file. */
  private content: Buffer | null = null;
  private digest: string | null = null;

  constructor(
    private fd: number,
    readonly name: string,
    stat: { size: number; mtimeMs: number; atimeMs: number },
    readonly accessTimeKept: boolean,
    private readonly meter: ReadMeter,
  ) {
    this.sizeBytes = stat.size;
    this.modifiedMs = stat.mtimeMs;
    this.accessedMs = stat.atimeMs;
  }

  read(offset: number, length: number): Buffer {
    const from = Math.min(Math.max(offset, 0), this.sizeBytes);
    const wanted = Math.min(Math.max(length, 0), this.sizeBytes - from);
    if (this.sizeBytes <= SMALL_BYTES) return this.small().subarray(from, from + wanted);
    if (wanted > limits.wholeBytesMax)
      throw new FileProblem('too-large', `${wanted} bytes asked for at once, bound ${limits.wholeBytesMax}`);
    return this.fill(Buffer.allocUnsafe(wanted), from);
  }

  whole(): Buffer {
    if (this.sizeBytes > limits.wholeBytesMax) {
      throw new FileProblem('too-large', `${this.sizeBytes} bytes, needed whole, bound ${limits.wholeBytesMax}`);
    }
    if (this.sizeBytes <= SMALL_BYTES) return this.small();
    const all = this.fill(Buffer.allocUnsafe(this.sizeBytes), 0);
    this.digest ??= hex(createHash('sha256').update(all));
    return all;
  }

  *chunks(): Generator<Buffer> {
    if (this.sizeBytes <= SMALL_BYTES) {
      if (this.sizeBytes > 0) yield this.small();
      return;
    }
    const chunk = Buffer.allocUnsafe(Math.min(limits.chunkBytes, this.sizeBytes));
    const hash = this.digest === null ? createHash('sha256') : null;
    for (let at = 0; at < this.sizeBytes; at += chunk.length) {
      const piece = this.fill(chunk.subarray(0, Math.min(chunk.length, this.sizeBytes - at)), at);
      hash?.update(piece);
      yield piece;
    }
    if (hash !== null) this.digest = hex(hash);
  }

  hash(): string {
    if (this.digest !== null) return this.digest;
    if (this.sizeBytes <= SMALL_BYTES) this.digest = hex(createHash('sha256').update(this.small()));
    else for (const _ of this.chunks());
    return this.digest!;
  }

  unchanged(): boolean {
    try {
      const stat = fstatSync(this.fd);
      return stat.size === this.sizeBytes && stat.mtimeMs === this.modifiedMs;
    } catch (error) {
      throw fileProblemOf(error, 'looking at');
    }
  }

  close(): void {
    if (this.fd < 0) return;
    const fd = this.fd;
    // A descriptor's number is given again to the next file: a late read must fail, not read that one.
    this.fd = -1;
    this.content = null;
    if (!this.accessTimeKept) this.accessTimeMoved = accessedMsOf(fd) !== this.accessedMs;
    closeSync(fd);
  }

  private small(): Buffer {
    this.content ??= this.fill(Buffer.allocUnsafe(this.sizeBytes), 0);
    return this.content;
  }

  /** Fills the whole buffer from `offset`: network file systems give short reads. */
  private fill(into: Buffer, offset: number): Buffer {
    for (let done = 0; done < into.length; ) {
      const got = this.readSome(into, done, offset + done);
      if (got === 0) throw new FileProblem('changing', 'became shorter while it was read');
      done += got;
    }
    return into;
  }

  private readSome(into: Buffer, at: number, offset: number): number {
    const wanted = Math.min(into.length - at, this.meter.callBytesMax);
    this.meter.before(wanted);
    const sinceMs = performance.now();
    let got = 0;
    try {
      got = readSync(this.fd, into, at, wanted, offset);
      return got;
    } catch (error) {
      throw fileProblemOf(error, 'reading');
    } finally {
      this.meter.after(wanted, got, performance.now() - sinceMs);
    }
  }
}

/** NaN, which differs from every time, when it can't be looked at any more. */
function accessedMsOf(fd: number): number {
  try {
    return fstatSync(fd).atimeMs;
  } catch {
    return Number.NaN;
  }
}

function hex(hash: Hash): string {
  return `sha256:${hash.digest('hex')}`;
}
