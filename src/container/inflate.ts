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
  engineWorks ??= tryEngine();
  return engineWorks ? wholeByEngine(packed, unpackedMax, likely) : wholeByLibrary(packed, unpackedMax, likely);
}

/** What a buffer for the whole gets more than was guessed: zlib sees the end of the stream only where room is left. */
const ROOM_BYTES = 64;

function wholeByEngine(packed: Buffer, unpackedMax: number, likely: number): Buffer {
  const engine = takeEngine();
  try {
    let output = Buffer.allocUnsafe(Math.max(likely, 1024) + ROOM_BYTES);
    let used = 0;
    let left = packed.length;
    while (true) {
      const room = output.length - used;
      engine.write(constants.Z_FINISH, packed, packed.length - left, left, output, used, room);
      used += room - engine.room;
      left = engine.left;
      if (used > unpackedMax) throw new FileProblem('too-large', `deflate: more than ${unpackedMax} bytes`);
      if (engine.room > 0) return output.subarray(0, used);
      const wider = Buffer.allocUnsafe(Math.min(output.length * 2, unpackedMax + 1 + ROOM_BYTES));
      output.copy(wider, 0, 0, used);
      output = wider;
    }
  } finally {
    engine.release();
  }
}

function wholeByLibrary(packed: Buffer, unpackedMax: number, likely: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(unpackedMax, 1), chunkSize: Math.max(likely, 1024) + ROOM_BYTES });
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
interface NodeEngine {
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
    reset(): void;
    close(): void;
  };
  readonly _writeState: Uint32Array;
}

/**
 * One of Node's inflating objects, used for one stream after another. A new one for each entry of each package, with its window and its output,
 * made the collector run all the time: memory outside the heap counts for it.
 */
class Engine {
  /** For a stream: a piece's bytes. */
  output: Buffer | null = null;
  readonly #node = createInflateRaw({ chunkSize: 64 }) as unknown as NodeEngine;
  #failure = '';

  constructor() {
    this.#node._handle.onerror = (_message, _errno, code) => {
      this.#failure = code;
    };
  }

  /** Room left in the output by the last write. */
  get room(): number {
    return this.#node._writeState[0] ?? 0;
  }

  /** Bytes of the input that the last write left. */
  get left(): number {
    return this.#node._writeState[1] ?? 0;
  }

  /** With Z_FINISH zlib complains when the end of the stream has not been seen. Throws FileProblem('damaged'). */
  write(flush: number, input: Buffer, inputAt: number, inputBytes: number, output: Buffer, outputAt: number, outputBytes: number): void {
    this.#node._handle.writeSync(flush, input, inputAt, inputBytes, output, outputAt, outputBytes);
    if (this.#failure) throw new FileProblem('damaged', `deflate: ${this.#failure}`);
  }

  release(): void {
    this.#failure = '';
    if (idle.length < IDLE_MAX) {
      this.#node._handle.reset();
      idle.push(this);
    } else this.#node._handle.close();
  }
}

/** Streams that are read at the same time are few: a sheet with its strings, a container with its member. */
const IDLE_MAX = 4;
const idle: Engine[] = [];

function takeEngine(): Engine {
  return idle.pop() ?? new Engine();
}

let engineWorks: boolean | undefined;

function tryEngine(): boolean {
  try {
    const text = Buffer.from('0123456789abcdef'.repeat(40_000));
    const packed = deflateRawSync(text);
    const pieces = [packed.subarray(0, 7), packed.subarray(7)];
    const cut = packed.subarray(0, packed.length - 9);
    // Twice, and behind a failure: what an engine did before must not show.
    for (let turn = 0; turn < 2; turn++) {
      const unpacked: Buffer[] = [];
      for (const piece of inflateByEngine(pieces)) unpacked.push(Buffer.from(piece));
      if (!Buffer.concat(unpacked).equals(text) || !wholeByEngine(packed, text.length, 0).equals(text) || !failsWhenCut(cut)) return false;
    }
    return true;
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
  const engine = takeEngine();
  engine.output ??= Buffer.allocUnsafeSlow(PIECE_BYTES);
  const { output } = engine;
  try {
    for (const chunk of packed) {
      let left = chunk.length;
      let room = 0;
      while (left > 0 || room === 0) {
        engine.write(constants.Z_NO_FLUSH, chunk, chunk.length - left, left, output, 0, PIECE_BYTES);
        room = engine.room;
        const leftNow = engine.left;
        if (room < PIECE_BYTES) yield output.subarray(0, PIECE_BYTES - room);
        if (leftNow > 0 && room > 0) return;
        left = leftNow;
      }
    }
    engine.write(constants.Z_FINISH, NOTHING, 0, 0, output, 0, PIECE_BYTES);
  } finally {
    engine.release();
  }
}

const NOTHING = Buffer.alloc(0);

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
