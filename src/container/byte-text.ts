/**
 * Strings out of bytes, made millions of times. `toString(encoding, start, end)` looks up its encoding at each call, which costs more than making a
 * cell's text; what it calls in the end is not in the documentation, so toString stays for a runtime that lacks it.
 */

interface Slicing {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}

const direct = 'latin1Slice' in Buffer.prototype && 'utf8Slice' in Buffer.prototype;

/** ASCII or Latin-1 bytes from `start` to before `end`. */
export function latin1Text(bytes: Buffer, start: number, end: number): string {
  return direct ? (bytes as unknown as Slicing).latin1Slice(start, end) : bytes.toString('latin1', start, end);
}

/** UTF-8 bytes from `start` to before `end`; invalid ones become U+FFFD. */
export function utf8Text(bytes: Buffer, start: number, end: number): string {
  return direct ? (bytes as unknown as Slicing).utf8Slice(start, end) : bytes.toString('utf8', start, end);
}
