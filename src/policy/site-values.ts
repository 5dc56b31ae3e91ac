/** The values that a site's configuration writes as words (amounts of bytes, mail addresses, places of files), and what is wrong with one that does not fit. Pure. */
import type { Value } from './policy-values.js';

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
/** Below this a sweep would not even load its workers within a night; above it nothing is bounded. */
const RATE_BYTES_MIN = 64 * 1024;
const RATE_BYTES_MAX = 1024 ** 4;
const RATE_FILES_MAX = 1_000_000;
/** RFC 5321, 4.5.3.1.3. */
const ADDRESS_CHARS_MAX = 254;
const PLACE_CHARS_MAX = 4_096;

/** Bytes a second: `500K`, `20M`, `1G`, `20MB`, `8MB/s`; K is 1,024. */
export function byteRateOf(text: string): Value<number> {
  const [, digits, unit] = /^(\d{1,13}(?:\.\d{1,3})?)\s*([KMG]?)(?:i?B)?(?:\/s)?$/iu.exec(text.trim()) ?? [];
  if (digits === undefined) return refused('20M、500K のように書いてください', 'expected an amount such as 20M or 500K');
  const bytes = Math.round(Number(digits) * UNITS[(unit ?? '').toUpperCase()]!);
  return bytes >= RATE_BYTES_MIN && bytes <= RATE_BYTES_MAX
    ? { value: bytes }
    : refused('毎秒 64K から 1024G までです', 'from 64K to 1024G a second');
}

/** Files a second: 0.1 to 1,000,000. */
export function fileRateOf(text: string): Value<number> {
  const value = /^\d{1,7}(?:\.\d{1,3})?$/u.test(text.trim()) ? Number(text) : 0;
  return value >= 0.1 && value <= RATE_FILES_MAX
    ? { value }
    : refused(`0.1 から ${RATE_FILES_MAX} までの数を書いてください`, `expected a number from 0.1 to ${RATE_FILES_MAX}`);
}

/** A time of day, `06:00`; the sweep's next one is meant. */
export function clockTimeOf(text: string): Value<string> {
  return /^(?:[01]?\d|2[0-3]):[0-5]\d$/u.test(text)
    ? { value: text }
    : refused('06:00 のように時刻を書いてください', 'expected a time of day such as 06:00');
}

/** A whole number from `min` to `max`. */
export function countIn(min: number, max: number): (text: string) => Value<number> {
  return (text) => {
    const value = /^\d{1,9}$/u.test(text) ? Number(text) : -1;
    return value >= min && value <= max
      ? { value }
      : refused(`${min} から ${max} までの整数を書いてください`, `expected a whole number from ${min} to ${max}`);
  };
}

/** One mailbox, `local@domain`; no display name, no list. Control characters could add lines to a mail's head. */
export function addressOf(text: string): Value<string> {
  return text.length <= ADDRESS_CHARS_MAX && /^[^\s@<>(),;:"\\\x00-\x1f\x7f]+@[^\s@<>(),;:"\\\x00-\x1f\x7f]+$/u.test(text)
    ? { value: text }
    : refused('soumu@example.jp のようにメールアドレスを一つ書いてください', 'expected one mail address such as soumu@example.jp');
}

/** `address`, or `Name <address>`. */
export function senderOf(text: string): Value<string> {
  const [, address] = /^[^<>"\x00-\x1f\x7f]*<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const checked = addressOf(address ?? text.trim());
  return 'fault' in checked ? checked : { value: text.trim() };
}

/** A host's name or address. */
export function hostOf(text: string): Value<string> {
  return /^[\p{L}\p{N}](?:[\p{L}\p{N}.:_-]{0,253})$/u.test(text)
    ? { value: text }
    : refused('サーバーの名前を書いてください（mail.example.jp など）', 'expected the name of a server, such as mail.example.jp');
}

/** The place of a file or folder. */
export function placeOf(text: string): Value<string> {
  if (text.trim() === '') return refused('場所を書いてください', 'must not be empty');
  if (text.length > PLACE_CHARS_MAX || text.includes('\0'))
    return refused('場所として長すぎるか、使えない文字があります', 'is no place of a file');
  return { value: text };
}

/** The place of an output; `{date}` in it becomes the day of the sweep. */
export function outputOf(text: string): Value<string> {
  const odd = text.match(/\{[^}]*\}?/gu)?.find((part) => part !== '{date}');
  if (odd !== undefined) return refused(`「${odd}」は使えません。使えるのは {date} だけです`, `"${odd}" is not known here; only {date} is`);
  if (text === '-') return refused('標準出力へは書けません。ファイル名を書いてください', 'must be a file, not standard output');
  return placeOf(text);
}

export function promOf(text: string): Value<string> {
  const place = outputOf(text);
  if ('fault' in place) return place;
  return text.endsWith('.prom') && !text.includes('{')
    ? place
    : refused(
        '名前は .prom で終え、{date} は使わないでください',
        'its name must end in .prom, without {date}: the collector reads no other',
      );
}

/** The name of an environment variable. */
export function variableOf(text: string): Value<string> {
  return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/u.test(text)
    ? { value: text }
    : refused('環境変数の名前を書いてください（値そのものは書きません）', 'expected the name of a variable, never the value itself');
}

function refused(ja: string, en: string): { readonly fault: { readonly ja: string; readonly en: string } } {
  return { fault: { ja, en } };
}
