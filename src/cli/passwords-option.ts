/**
 * The passwords of `--passwords FILE`, one a line, to be tried on what is locked. They go to the workers alone: never printed, never kept, and
 * no error quotes a line.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { causeJa, codeOf } from './paths.js';

/** Each one costs up to 0.2 s on every locked file (the key derivations of Office and 7z are slow by design). */
const PASSWORDS_MAX = 1000;
/** Excel and Word take 255 characters, nobody else takes more. */
const PASSWORD_CHARS_MAX = 255;
/** Room for as many lines of four bytes a character, and as many empty ones. */
const FILE_BYTES_MAX = 2 * PASSWORDS_MAX * (4 * PASSWORD_CHARS_MAX + 2);
const LINE_FEED = 0x0a;

/** No option: none. Each password once, in the order of the file. Throws UsageError that names file and line. */
export function passwordsFrom(given: Pick<Given, 'passwords'>): readonly string[] {
  return given.passwords === undefined ? [] : parsePasswords(readBytes(given.passwords), given.passwords);
}

/** UTF-8, with or without a byte order mark; lines end with LF or CRLF; empty lines don't count. */
export function parsePasswords(bytes: Buffer, file: string): readonly string[] {
  const passwords = new Set<string>();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let at = 0, line = 1; at < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, at);
    const end = feed < 0 ? bytes.length : feed;
    let password: string;
    try {
      password = decoder.decode(bytes.subarray(at, end)).replace(/\r$/u, '');
    } catch {
      throw new UsageError({
        ja: `${file}:${line}: UTF-8 ではありません。文字コードを UTF-8 にして保存し直してください`,
        en: `${file}:${line}: not UTF-8`,
      });
    }
    if (line === 1) password = password.replace(/^\ufeff/u, '');
    if ([...password].length > PASSWORD_CHARS_MAX)
      throw new UsageError({
        ja: `${file}:${line}: ${PASSWORD_CHARS_MAX}文字を超えています`,
        en: `${file}:${line}: longer than ${PASSWORD_CHARS_MAX} characters`,
      });
    if (/\p{Cc}/u.test(password))
      throw new UsageError({ ja: `${file}:${line}: 制御文字（タブなど）が入っています`, en: `${file}:${line}: a control character` });
    if (password !== '') passwords.add(password);
    if (passwords.size > PASSWORDS_MAX)
      throw new UsageError({
        ja: `${file}:${line}: パスワードは${PASSWORDS_MAX}個までです`,
        en: `${file}:${line}: more than ${PASSWORDS_MAX} passwords`,
      });
    at = end + 1;
  }
  if (passwords.size === 0)
    throw new UsageError({ ja: `${file}: パスワードが一つも書かれていません（1行に1つ書きます）`, en: `${file}: holds no password` });
  return [...passwords];
}

/** A pipe will do as well as a file (`--passwords <(…)`): nothing needs to lie on a disk. */
function readBytes(file: string): Buffer {
  const bytes = Buffer.allocUnsafe(FILE_BYTES_MAX + 1);
  let length = 0;
  try {
    const fd = openSync(file, 'r');
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(fd, bytes, length, bytes.length - length, null);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError({
      ja: `${file}: パスワードの一覧を読めません（${causeJa(code)}）`,
      en: `${file}: the passwords can't be read (${code})`,
    });
  }
  if (length > FILE_BYTES_MAX)
    throw new UsageError({ ja: `${file}: 大きすぎます（${FILE_BYTES_MAX}バイトまで）`, en: `${file}: more than ${FILE_BYTES_MAX} bytes` });
  return bytes.subarray(0, length);
}
