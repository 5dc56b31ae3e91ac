/** Writes the pieces of mails for tests: ISO-2022-JP texts without a converter, encoded words, multiparts. */
import { Buffer } from 'node:buffer';

/** JIS X 0208 codes, as bytes, of the few characters that the tests use. */
const JIS: Readonly<Record<string, string>> = { 山: '3b33', 田: '4544', 太: '4240', 郎: '4f3a', 名: '4c3e', 簿: '4a6d', 件: '376f' };

/** In ISO-2022-JP: every run of Japanese between its escapes. */
export function jis(text: string): Buffer {
  const pieces: Buffer[] = [];
  for (const run of text.match(/[^\x00-\x7f]+|[\x00-\x7f]+/g) ?? []) {
    if (run.charCodeAt(0) < 0x80) pieces.push(Buffer.from(run));
    else pieces.push(Buffer.from('\x1b$B'), ...[...run].map((char) => Buffer.from(JIS[char]!, 'hex')), Buffer.from('\x1b(B'));
  }
  return Buffer.concat(pieces);
}

export function encodedWord(charset: string, bytes: Buffer): string {
  return `=?${charset}?B?${bytes.toString('base64')}?=`;
}

/** A mail of lines and raw bytes; line ends are CR LF. */
export function writeMail(fields: readonly (string | Buffer)[], body: string | Buffer): Buffer {
  return Buffer.concat([...fields.flatMap((field) => [Buffer.from(field), Buffer.from('\r\n')]), Buffer.from('\r\n'), Buffer.from(body)]);
}

/** A part of a multipart with its header. */
export function writePart(fields: readonly string[], body: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

export function joinParts(boundary: string, parts: readonly Buffer[], closed = true): Buffer {
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([...pieces, Buffer.from(closed ? `--${boundary}--\r\n` : '')]);
}
