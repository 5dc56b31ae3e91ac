/** Bodies of mail parts: their transfer encodings undone (RFC 2045 6) and flowed lines joined (RFC 3676). Broken encodings give what they give. */
import { decodeDeclared } from './mail-charset.js';

/** The bytes of a part; null for an encoding that is not known. */
export function decodeTransfer(body: Buffer, encoding: string | null): Buffer | null {
  switch ((encoding ?? '').trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      return null;
  }
}

/** RFC 2045 6.7. An `=` that starts no code stays as it is. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  if (!body.includes(0x3d)) return body;
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const high = hexDigit(body[at + 1]);
    const low = hexDigit(body[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    const lineEnd = softBreak(body, at + 1);
    if (lineEnd > 0) at = lineEnd - 1;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Where the line behind a soft break begins, 0 when there is none. Spaces before the line end were added on the way. */
function softBreak(body: Buffer, from: number): number {
  let at = from;
  while (at - from < 80 && (body[at] === 0x20 || body[at] === 0x09)) at++;
  if (at >= body.length) return at;
  if (body[at] === 0x0d && body[at + 1] === 0x0a) return at + 2;
  return body[at] === 0x0a || body[at] === 0x0d ? at + 1 : 0;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** A text part as its reader sees it. */
export function decodeText(bytes: Buffer, parameters: ReadonlyMap<string, string>): string {
  const text = decodeDeclared(bytes, parameters.get('charset') ?? null).replaceAll('\r\n', '\n');
  return parameters.get('format')?.toLowerCase() === 'flowed' ? joinFlowed(text, parameters.get('delsp')?.toLowerCase() === 'yes') : text;
}

/** RFC 3676 4: a line that ends in a space goes on in the next one of the same depth of quotes; `-- ` opens the signature. */
function joinFlowed(text: string, dropSpace: boolean): string {
  const joined: string[] = [];
  let open: string[] | null = null;
  let openDepth = 0;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(depth).replace(/^ /, '');
    if (open && depth !== openDepth) {
      joined.push(open.join(''));
      open = null;
    }
    const flows = content.endsWith(' ') && content !== '-- ';
    const piece = flows && dropSpace ? content.slice(0, -1) : content;
    if (open) open.push(piece);
    else open = [depth > 0 ? `${'>'.repeat(depth)} ${piece}` : piece];
    openDepth = depth;
    if (flows) continue;
    joined.push(open.join(''));
    open = null;
  }
  if (open) joined.push(open.join(''));
  return joined.join('\n');
}

/** How many characters a person sees, tags and spaces apart: tells whether a plain text says the same as its HTML twin. */
export function countVisible(text: string, isHtml: boolean): number {
  let count = 0;
  let inTag = false;
  const plain = isHtml ? text.replace(/<(?:style|script)\b/gi, '\0').replace(/<\/(?:style|script)\s?>/gi, '\x01') : text;
  let hidden = false;
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    if (isHtml && code === 0) hidden = true;
    else if (isHtml && code === 1) hidden = false;
    else if (hidden) continue;
    else if (isHtml && code === 0x3c) inTag = true;
    else if (inTag) inTag = code !== 0x3e;
    else if (code > 0x20 && code !== 0x3000 && code !== 0xa0) count++;
  }
  return count;
}
