/**
 * Decodes markup, which says itself what encoding it is in, and is often wrong: files are converted, templates copied. A label is believed only
 * where the bytes agree with it.
 */
import { isAscii } from 'node:buffer';
import type { Source } from '../model.js';
import { type DecodeCount, decodeStream, decodeText, decodeWhole, detectEncoding, type TextEncoding } from './encoding.js';

const SAMPLE_BYTES = 64 * 1024;
/** HTML says that a declaration stands within the first 1,024 bytes (4.2.5.4); browsers look further. */
const DECLARATION_BYTES_MAX = 8 * 1024;

/** Labels of the Encoding standard, and those of Windows and Java that writers use all the same. */
const LABELS: readonly (readonly [RegExp, TextEncoding])[] = [
  [/^utf-?8n?$/, 'utf-8'],
  [/^(?:(?:x-)?s(?:hift)?[-_]?jis|windows-31j|(?:ms_kanji|csshiftjis)|(?:x-)?ms-?932|cp-?932|ibm-?943c?)$/, 'shift_jis'],
  [/^(?:(?:x-)?euc[-_]?jp|eucjp-(?:ms|win)|cp51932|cseucpkdfmtjapanese)$/, 'euc-jp'],
  [/^(?:(?:x-)?unicode-(?:1-1-|2-0-)?)?utf-?7$/, 'utf-7'],
  [/^(?:(?:cs)?iso-?2022-?jp(?:-[123]|-ms)?|cp5022[0-2]|jis)$/, 'iso-2022-jp'],
];

/** The text in pieces of about 64 KB. */
export function decodeMarkup(source: Source, count?: DecodeCount): Iterable<string> {
  const encoding = believedEncoding(source.read(0, SAMPLE_BYTES), source.sizeBytes);
  return encoding === null ? decodeText(source.chunks(), count) : decodeStream(source.chunks(), encoding, count);
}

/** The encoding that is both declared and plausible; null when the bytes alone must tell. */
export function believedEncoding(sample: Buffer, sizeBytes: number): TextEncoding | null {
  const whole = sample.length >= sizeBytes;
  const told = labelledEncoding(sample);
  // What stands behind a long ASCII beginning can't be compared with the label yet: the first bytes that tell will decide.
  if (told === null || (isAscii(sample) && !sample.includes(0x1b) && !whole)) return null;
  const seen = detectEncoding(sample, whole);
  if (seen === told || seen === 'utf-7' || (seen === 'utf-8' && told !== 'utf-7') || seen.startsWith('utf-16')) return seen;
  const text = decodeWhole(told, sample);
  let replaced = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) replaced++;
  return replaced * 200 > text.length ? null : told;
}

function labelledEncoding(sample: Buffer): TextEncoding | null {
  const start = sample.toString('latin1', 0, DECLARATION_BYTES_MAX);
  const label =
    /^\s{0,9}<\?xml[^>]{0,99}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(start)?.[1] ??
    /<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})/i.exec(start)?.[1];
  if (label === undefined) return null;
  const folded = label.toLowerCase();
  return LABELS.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}
