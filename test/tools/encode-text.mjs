/** Text in the encodings of Japanese offices, as bytes. */
import Encoding from 'encoding-japanese';

const LEGACY = { cp932: 'SJIS', 'euc-jp': 'EUCJP', 'iso-2022-jp': 'JIS' };

/** Throws when a character has no place in the encoding: a sample must not hold a silent question mark. */
export function encodeText(text, encoding) {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const bytes = Buffer.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: LEGACY[encoding] }));
  const label = encoding === 'cp932' ? 'shift_jis' : encoding;
  if (new TextDecoder(label).decode(bytes) !== text) throw new Error(`not every character of a sample exists in ${encoding}`);
  return bytes;
}

/** Rows as CSV with CRLF; fields with the mark, a quote or a line break are quoted (RFC 4180). */
export function csv(rows, mark = ',') {
  const field = (value) => (/["\r\n,\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map((value) => field(String(value))).join(mark)}\r\n`).join('');
}
