/**
 * Ichitaro documents (jtd, jtt, and packed as jtdc, jttc): the text and the tables of their body, boxes, notes, headers and footers. The format was
 * never published: its codes are those that others found in many documents, and the rest (drawings, sheets, styles) is told as not read.
 */
import { memorySource } from '../container/memory-source.js';
import { type OleDirectory, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Row } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type JtdPart, readJtdText } from './jtd-text.js';
import { unpackLzh } from './lzh-decoder.js';
import { readOleProperties, tellOleDates } from './ole-properties.js';
import { blocksOf } from './text.js';

const BODY = 'DocumentText';
const PACKED = 'JSCompDocument';
/** Each text begins with this mark, wherever it stands. */
const TEXT_MARK = Buffer.from('SsmgV.01');
const PACKED_MARK = Buffer.from('JustCompressedDocument');
/** The header of the only member stands right behind the mark, a few bytes in. */
const PACKED_HEADER_WITHIN = 64;
const FRAGMENTS_MAX = 2_000;
const STREAM_BYTES_MAX = 16 * 1024 * 1024;

export const jtdExtractor: Extractor = {
  id: 'jtd',
  version: 3,
  formats: ['jtd'],
  *read(source, context): Generator<Block | MemberBlock> {
    const ole = openOle(source);
    if (!ole.entry(BODY) && ole.entry(PACKED)) {
      yield { kind: 'member', name: '', source: memorySource(source.name, unpack(ole.stream(PACKED), context)) };
      return;
    }
    let texts = 0;
    for (const block of readStreams(ole, context)) {
      texts++;
      yield block;
    }
    if (texts === 0 && !ole.entry(BODY)) throw new FileProblem('unsupported', 'jtd: no text in a form that is known');
    context.problem('unsupported', 'jtd: drawings, sheets and embedded objects are not read');
    tellOleDates(ole, context);
    const properties = readOleProperties(ole).join('\n');
    if (properties !== '') yield { kind: 'text', where: { part: 'property' }, text: properties };
  },
};

/** An archive of LHA with one member (level 0 to 2), which is the document. */
function unpack(stream: Buffer, context: ExtractContext): Buffer {
  const method = stream.indexOf('-lh', 0, 'latin1');
  if (!stream.subarray(0, PACKED_HEADER_WITHIN).includes(PACKED_MARK) || method < 2 || method > PACKED_HEADER_WITHIN)
    throw new FileProblem('unsupported', 'jtd: packed in a way that is not known');
  const at = method - 2;
  if (stream.length < at + 26 || stream.toString('latin1', method, method + 5) !== '-lh5-')
    throw new FileProblem('unsupported', 'jtd: packed in a way that is not known');
  const level = stream[at + 20]!;
  let start = at + (level === 2 ? stream.readUInt16LE(at) : stream[at]! + 2);
  for (let next = level === 1 ? stream.readUInt16LE(start - 2) : 0; next > 2 && start + next <= stream.length; ) {
    start += next;
    next = stream.readUInt16LE(start - 2);
  }
  const sizeBytes = stream.readUInt32LE(at + 11);
  if (sizeBytes > limits.entryBytesMax) throw new FileProblem('too-large', `jtd: unpacks to ${sizeBytes} bytes`);
  context.unpacked(sizeBytes);
  return unpackLzh(stream.subarray(start, start + stream.readUInt32LE(at + 7)), '-lh5-', sizeBytes);
}

/** The body first, then every other stream that holds a text. */
function* readStreams(ole: OleDirectory, context: ExtractContext): Generator<Block> {
  const streams = ole.entries.filter((entry) => entry.kind === 'stream' && entry.sizeBytes > TEXT_MARK.length);
  streams.sort((a, b) => Number(b.path === BODY) - Number(a.path === BODY));
  let fragments = 0;
  for (const { path, sizeBytes } of streams) {
    if (sizeBytes > STREAM_BYTES_MAX) {
      context.problem('too-large', `jtd: stream of ${sizeBytes} bytes`);
      continue;
    }
    const bytes = ole.stream(path);
    for (let at = bytes.indexOf(TEXT_MARK); at >= 0; ) {
      const next = bytes.indexOf(TEXT_MARK, at + TEXT_MARK.length);
      if (++fragments > FRAGMENTS_MAX) {
        context.problem('too-large', `jtd: more than ${FRAGMENTS_MAX} texts`);
        return;
      }
      const part = partOf(path);
      for (const one of readJtdText(bytes.subarray(at, next < 0 ? bytes.length : next))) yield* blockOf(one, part, context);
      at = next;
    }
  }
}

function partOf(path: string): string | null {
  if (path === BODY) return null;
  if (/note/i.test(path)) return 'note';
  if (/header/i.test(path)) return 'header';
  return /footer/i.test(path) ? 'footer' : 'textbox';
}

function* blockOf(one: JtdPart, part: string | null, context: ExtractContext): Generator<Block> {
  const where = part === null ? {} : { part };
  if (one.kind === 'text')
    for (const block of blocksOf([one.text], context)) yield { ...block, where: part === null ? block.where : where };
  else if (one.kind === 'aside') yield { kind: 'text', where: { part: 'ruby' }, text: one.text };
  else yield { kind: 'table', where, rows: batches(one.rows) };
}

function* batches(rows: readonly Row[]): Generator<{ firstRow: number; rows: readonly Row[] }> {
  for (let at = 0; at < rows.length; at += limits.batchRows) yield { firstRow: at + 1, rows: rows.slice(at, at + limits.batchRows) };
}
