/**
 * Blowfish in cipher feedback of 64 bits, which current OpenSSL no longer offers: what OpenOffice 1 to 3 encrypted with. It only decrypts, and is
 * for nothing else.
 */

const ROUNDS = 16;
const BOX = 256;
const BOXES = 4;
const BLOCK_BYTES = 8;

/** Round keys and boxes: the state that a key turns the start into. */
interface State {
  readonly keys: Uint32Array;
  readonly boxes: Uint32Array;
}

/** `key` 1 to 56 bytes, `vector` 8. */
export function decryptBlowfishCfb(key: Buffer, vector: Buffer, bytes: Buffer): Buffer {
  const state = expand(key);
  const out = Buffer.allocUnsafe(bytes.length);
  let left = vector.readUInt32BE(0);
  let right = vector.readUInt32BE(4);
  const stream = Buffer.alloc(BLOCK_BYTES);
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    [left, right] = encipher(state, left, right);
    stream.writeUInt32BE(left, 0);
    stream.writeUInt32BE(right, 4);
    const end = Math.min(at + BLOCK_BYTES, bytes.length);
    for (let i = at; i < end; i++) out[i] = (bytes[i] ?? 0) ^ (stream[i - at] ?? 0);
    if (end - at < BLOCK_BYTES) break;
    left = bytes.readUInt32BE(at);
    right = bytes.readUInt32BE(at + 4);
  }
  return out;
}

function expand(key: Buffer): State {
  const start = startState();
  const state = { keys: Uint32Array.from(start.keys), boxes: Uint32Array.from(start.boxes) };
  for (let i = 0, at = 0; i < state.keys.length; i++) {
    let word = 0;
    for (let byte = 0; byte < 4; byte++, at++) word = (word << 8) | (key[at % key.length] ?? 0);
    state.keys[i] = (state.keys[i] ?? 0) ^ word;
  }
  let pair: [number, number] = [0, 0];
  for (const table of [state.keys, state.boxes]) {
    for (let i = 0; i < table.length; i += 2) {
      pair = encipher(state, ...pair);
      [table[i], table[i + 1]] = pair;
    }
  }
  return state;
}

function encipher({ keys, boxes }: State, first: number, second: number): [number, number] {
  let left = first;
  let right = second;
  for (let round = 0; round < ROUNDS; round++) {
    left = (left ^ (keys[round] ?? 0)) >>> 0;
    const a = (boxes[left >>> 24] ?? 0) + (boxes[BOX + ((left >>> 16) & 0xff)] ?? 0);
    const mixed = ((a ^ (boxes[2 * BOX + ((left >>> 8) & 0xff)] ?? 0)) + (boxes[3 * BOX + (left & 0xff)] ?? 0)) >>> 0;
    [left, right] = [(right ^ mixed) >>> 0, left];
  }
  return [(right ^ (keys[ROUNDS + 1] ?? 0)) >>> 0, (left ^ (keys[ROUNDS] ?? 0)) >>> 0];
}

let start: State | null = null;

/** The fractional part of pi, 32 bits after 32. */
function startState(): State {
  if (start) return start;
  const words = ROUNDS + 2 + BOXES * BOX;
  const bits = BigInt(words * 32);
  const digits = fractionOfPi(bits)
    .toString(16)
    .padStart(words * 8, '0');
  const table = Uint32Array.from({ length: words }, (_, at) => Number.parseInt(digits.slice(at * 8, at * 8 + 8), 16));
  start = { keys: table.subarray(0, ROUNDS + 2), boxes: table.subarray(ROUNDS + 2) };
  return start;
}

/** By Machin's formula, with some bits to spare for what is cut off on the way. */
function fractionOfPi(bits: bigint): bigint {
  const spare = 64n;
  const one = 1n << (bits + spare);
  const arctan = (inverse: bigint): bigint => {
    let power = one / inverse;
    let sum = power;
    for (let odd = 3n, sign = -1n; power > 0n; odd += 2n, sign = -sign) {
      power /= inverse * inverse;
      sum += (sign * power) / odd;
    }
    return sum;
  };
  return ((16n * arctan(5n) - 4n * arctan(239n)) & (one - 1n)) >> spare;
}
