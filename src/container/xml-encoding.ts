/** Brings XML of any encoding to UTF-8 (XML 1.0, appendix F): by byte order mark, by the look of its first bytes, by its declaration. */

type Decoder = InstanceType<typeof TextDecoder>;

const DECLARATION_BYTES_MAX = 256;

/** The same pieces without a byte order mark when they are UTF-8, else converted ones. Each is valid until the next. */
export function* utf8Pieces(pieces: Iterable<Buffer>): Generator<Buffer, void, undefined> {
  let decoder: Decoder | null = null;
  let first = true;
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    if (first) {
      first = false;
      decoder = decoderFor(piece);
      if (!decoder) {
        yield piece.length >= 3 && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
        continue;
      }
    }
    yield decoder ? Buffer.from(decoder.decode(piece, { stream: true })) : piece;
  }
}

/** Null for UTF-8, and for what no decoder is known for. */
function decoderFor(start: Buffer): Decoder | null {
  const [a, b, c, d] = start;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return new TextDecoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0)) return new TextDecoder('utf-16be');
  const declaration = start.toString('latin1', 0, Math.min(start.length, DECLARATION_BYTES_MAX));
  const label = /^\s{0,9}<\?xml[^>]{0,99}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(declaration)?.[1];
  if (label === undefined || /^(utf-?8|us-ascii|utf-?16)$/i.test(label)) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
