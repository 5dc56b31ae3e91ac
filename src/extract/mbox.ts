/** A mailbox (RFC 4155 and its older kin): each mail is handed on as a member. It finds the borders by reading once, in windows, whatever the size. */
import { sliceSource } from '../container/slice-source.js';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import type { Extractor } from '../parts.js';

/** A border line is longer than this only when it is none. */
const LINE_BYTES_MAX = 512;
/** The line that starts a mail: an address, then a date with time and year, in either order. */
const BORDER = /^From \S{1,300} (?=[^\r\n]{0,100}\b\d{4}\b)[^\r\n]{0,100}\b\d{1,2}:\d{2}/;

export const mboxExtractor: Extractor = {
  id: 'mbox',
  version: 1,
  formats: ['mbox'],
  *read(source, context) {
    let number = 0;
    let tooLarge = 0;
    for (const { start, end } of mails(source)) {
      number++;
      if (number > limits.membersMax) {
        context.problem('too-large', `mbox: more than ${limits.membersMax} mails`);
        break;
      }
      if (end - start > limits.entryBytesMax) {
        tooLarge++;
        continue;
      }
      context.unpacked(end - start);
      const name = `mail-${String(number).padStart(5, '0')}.eml`;
      yield { kind: 'member', name, source: sliceSource(source, name, start, end - start) };
    }
    if (tooLarge > 0) context.problem('too-large', `mbox: ${tooLarge} mails of more than ${limits.entryBytesMax} bytes`);
  },
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A border stands behind a blank line; a line of a text that begins with `From ` hardly does, and has no date. */
function* mails(source: Source): Generator<Span> {
  let border = 0;
  for (const next of borders(source)) {
    yield* span(source, border, next);
    border = next;
  }
  yield* span(source, border, source.sizeBytes);
}

function* span(source: Source, border: number, end: number): Generator<Span> {
  const line = source.read(border, LINE_BYTES_MAX);
  const newline = line.indexOf(0x0a);
  const start = newline < 0 ? border : border + newline + 1;
  if (start < end) yield { start, end };
}

/** Offsets of all border lines but the first. */
function* borders(source: Source): Generator<number> {
  const mark = Buffer.from('\nFrom ');
  for (let offset = 0; offset < source.sizeBytes; offset += limits.chunkBytes) {
    // Windows overlap by a line and the blank line before it, so that a border that stands across is whole in one of them.
    const window = source.read(Math.max(0, offset - 4), limits.chunkBytes + LINE_BYTES_MAX + 4);
    const base = Math.max(0, offset - 4);
    for (let at = window.indexOf(mark); at >= 0; at = window.indexOf(mark, at + 1)) {
      const line = base + at + 1;
      if (line < offset || line >= offset + limits.chunkBytes || line < 3) continue;
      const blank = window[at - 1] === 0x0a || (window[at - 1] === 0x0d && window[at - 2] === 0x0a);
      if (blank && BORDER.test(window.toString('latin1', at + 1, at + 1 + LINE_BYTES_MAX))) yield line;
    }
  }
}
