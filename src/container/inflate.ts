/**
 * Raw deflate (RFC 1951), synchronously: whole, or as a stream in constant memory. It knows nothing of zip and never uses the thread
 * pool, whose hops cost more than the inflating itself (src/README.md, Workers).
 */
import { constants, createInflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';

/** Deflate's best is 258 bytes from 2 bits: no honest stream unpacks to more than this many times its size. */
const DEFLATE_RATIO_MAX = 1032;
/** A piece of output: small enough to stay in the processor's cache, large enough that calls don't count. */
const PIECE_BYTES = 256 * 1024;

/**
 * Inflates a whole stream of at most `unpackedMax` bytes. `unpackedGuess`, in bytes, spares copying where the size is known.
 * Throws FileProblem('too-large') past the bound, FileProblem('damaged') for a stream that is broken or cut.
 */
export function inflateWhole(packed: Buffer, unpackedMax: number, unpackedGuess = 0): Buffer {
  if (packed.length === 0) throw new FileProblem('damaged', 'deflate: empty stream');
  const likely = Math.min(unpackedGuess, unpackedMax, packed.length * DEFLATE_RATIO_MAX);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(unpackedMax, 1), chunkSize: Math.max(likely, 1024) + 64 });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw new FileProblem('too-large', `deflate: more than ${unpackedMax} bytes`);
    throw new FileProblem('damaged', `deflate: ${codeOf(error)}`);
  }
}

/**
 * Inflates piece by piece; each piece is only valid until the next one. Bytes behind the end of the stream are left alone.
 * Throws FileProblem('damaged') where the stream is broken or cut, after all that could be read was handed on.
 */
export function inflateStream(packed: Iterable<Buffer>): Iterable<Buffer> {
  engineWorks ??= tryEngine();
  return engineWorks ? inflateByEngine(packed) : inflateCollected(packed);
}

/**
 * The part of Node's zlib object that zlib's own synchronous functions drive; it is not public, so tryEngine() proves it first.
 * After a write `_writeState` holds the room left in the output, then the bytes left of the input.
 */
interface Engine {
  readonly _handle: {
    writeSync(
      flush: number,
      input: Buffer,
      inputAt: number,
      inputBytes: number,
      output: Buffer,
      outputAt: number,
      outputBytes: number,
    ): void;
    onerror: (message: string, errno: number, code: string) => void;
    close(): void;
  };
  readonly _writeState: Uint32Array;
}

let engineWorks: boolean | undefined;

function tryEngine(): boolean {
  try {
    const text = Buffer.from('0123456789abcdef'.repeat(40_000));
    const packed = deflateRawSync(text);
    const pieces = [packed.subarray(0, 7), packed.subarray(7)];
    const unpacked: Buffer[] = [];
    for (const piece of inflateByEngine(pieces)) unpacked.push(Buffer.from(piece));
    return Buffer.concat(unpacked).equals(text) && failsWhenCut(packed.subarray(0, packed.length - 9));
  } catch {
    return false;
  }
}

function failsWhenCut(packed: Buffer): boolean {
  try {
    for (const piece of inflateByEngine([packed])) if (piece.length === 0) return false;
    return false;
  } catch (error) {
    return error instanceof FileProblem;
  }
}

function* inflateByEngine(packed: Iterable<Buffer>): Generator<Buffer> {
  const engine = createInflateRaw({ chunkSize: 64 }) as unknown as Engine;
  const handle = engine._handle;
  let failure = '';
  handle.onerror = (_message, _errno, code) => {
    failure = code;
  };
  const output = Buffer.allocUnsafeSlow(PIECE_BYTES);
  try {
    for (const chunk of packed) {
      let left = chunk.length;
      let room = 0;
      while (left > 0 || room === 0) {
        handle.writeSync(constants.Z_NO_FLUSH, chunk, chunk.length - left, left, output, 0, PIECE_BYTES);
        if (failure) throw new FileProblem('damaged', `deflate: ${failure}`);
        room = engine._writeState[0] ?? PIECE_BYTES;
        const leftNow = engine._writeState[1] ?? 0;
        if (room < PIECE_BYTES) yield output.subarray(0, PIECE_BYTES - room);
        if (leftNow > 0 && room > 0) return;
        left = leftNow;
      }
    }
    // With Z_FINISH zlib complains when the end of the stream has not been seen.
    handle.writeSync(constants.Z_FINISH, Buffer.alloc(0), 0, 0, output, 0, PIECE_BYTES);
    if (failure) throw new FileProblem('damaged', `deflate: ${failure}`);
  } finally {
    handle.close();
  }
}

/** For a runtime whose engine can't be driven: whole, and so bounded by `limits.entryBytesMax`. */
function* inflateCollected(packed: Iterable<Buffer>): Generator<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (const piece of packed) {
    bytes += piece.length;
    if (bytes > limits.entryBytesMax) throw new FileProblem('too-large', `deflate: more than ${limits.entryBytesMax} packed bytes`);
    pieces.push(Buffer.from(piece));
  }
  yield inflateWhole(Buffer.concat(pieces), limits.entryBytesMax);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'unreadable';
}
