/** Which encoding the bytes of an RTF text are in, by its fonts and its header, and the bytes as text. */

type Decoder = InstanceType<typeof TextDecoder>;

/** Character sets of fonts (RTF 1.9.1, `\fcharset`). 0 is "Western", 1 and 255 are the system's. */
const BY_CHARSET: ReadonlyMap<number, string> = new Map([
  [77, 'macintosh'],
  [78, 'shift_jis'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [130, 'euc-kr'],
  [134, 'gbk'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);
/** Code pages of `\ansicpg` and `\cpg`. */
const BY_PAGE: ReadonlyMap<number, string> = new Map([
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [10001, 'shift_jis'],
  [65001, 'utf-8'],
]);
const WESTERN = 'windows-1252';
const WIDE = new Set(['shift_jis', 'gbk', 'euc-kr', 'big5']);
const FONTS_MAX = 10_000;
const HEADER_BYTES = 16 * 1024;

export class RtfCharset {
  /** Encoding of what has no font with one of its own. */
  #base: string;
  readonly #fonts = new Map<number, string>();

  /** A file without a code page that names Japanese fonts or the Japanese language comes from a Japanese system. */
  constructor(bytes: Buffer) {
    const header = bytes.toString('latin1', 0, HEADER_BYTES);
    this.#base = /\\fcharset128|\\(?:def)?lang(?:fe)?1041/.test(header) ? 'shift_jis' : WESTERN;
  }

  setPage(page: number): void {
    // Word writes 1252 for a Japanese text too when its first font is Western: the other signs are then the better ones.
    if (page !== 1252) this.#base = encodingOfPage(page);
  }

  setFont(font: number, charset: number): void {
    const encoding = BY_CHARSET.get(charset);
    if (encoding && this.#fonts.size < FONTS_MAX) this.#fonts.set(font, encoding);
  }

  setFontPage(font: number, page: number): void {
    if (page > 0 && this.#fonts.size < FONTS_MAX) this.#fonts.set(font, encodingOfPage(page));
  }

  encoding(font: number): string {
    return this.#fonts.get(font) ?? this.#base;
  }
}

function encodingOfPage(page: number): string {
  return BY_PAGE.get(page) ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : WESTERN);
}

export function isWide(encoding: string): boolean {
  return WIDE.has(encoding);
}

/** Bytes as text, across the pieces in which they come: an escape may part a character of two bytes. */
export class ByteText {
  readonly #decoders = new Map<string, Decoder>();
  readonly #one = Buffer.alloc(1);
  #open: Decoder | null = null;

  decode(encoding: string, bytes: Buffer): string {
    const decoder = this.#decoder(encoding);
    const before = this.#open && this.#open !== decoder ? this.finish() : '';
    this.#open = decoder;
    return before + decoder.decode(bytes, { stream: true });
  }

  decodeByte(encoding: string, byte: number): string {
    this.#one[0] = byte;
    return this.decode(encoding, this.#one);
  }

  /** What was begun and will not be continued, as U+FFFD. */
  finish(): string {
    const rest = this.#open?.decode() ?? '';
    this.#open = null;
    return rest;
  }

  #decoder(encoding: string): Decoder {
    let decoder = this.#decoders.get(encoding);
    if (!decoder) {
      decoder = new TextDecoder(encoding);
      this.#decoders.set(encoding, decoder);
    }
    return decoder;
  }
}
