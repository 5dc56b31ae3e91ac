/**
 * What a compound file's properties say (MS-OLEPS 2.18 to 2.21): texts (title, author, company and their like), and when it was made and last saved. Sets
 * that are broken give what can be read.
 */
import type { OleDirectory } from '../container/ole.js';
import { createDecoder } from '../container/windows-decoder.js';
import type { ExtractContext } from '../parts.js';
import { fileTimeDate, tellDates } from './document-dates.js';

const SETS = ['\x05SummaryInformation', '\x05DocumentSummaryInformation'];
const SET_BYTES_MAX = 1024 * 1024;
const PROPERTIES_MAX = 1_000;
const SECTIONS_MAX = 2;
const CODE_PAGE = 1;
const TYPE_BYTES = 0x1e;
const TYPE_WIDE = 0x1f;
const TYPE_FILETIME = 0x40;
/** SummaryInformation (MS-OLEPS 3.1.1, by number): when it was made, when last saved. */
const CREATED = 12;
const SAVED = 13;
const TEXT_BYTES_MAX = 32 * 1024;
/** Names of templates and programs and the count of revisions say nothing of people (SummaryInformation 7, 18, 9). */
const SILENT = new Set([7, 9, 18]);

export function readOleProperties(ole: Pick<OleDirectory, 'head'>): string[] {
  const texts: string[] = [];
  for (const [index, name] of SETS.entries()) {
    const set = ole.head(name, SET_BYTES_MAX);
    if (set.length < 48 || set.readUInt16LE(0) !== 0xfffe) continue;
    const sections = Math.min(SECTIONS_MAX, set.readUInt32LE(24));
    for (let section = 0; section < sections; section++) {
      const at = 28 + section * 20 + 16;
      if (at + 4 <= set.length) readSection(set.subarray(set.readUInt32LE(at)), index === 0 ? SILENT : new Set(), texts);
    }
  }
  return texts;
}

/** Tells them to whoever reads the file. */
export function tellOleDates(ole: Pick<OleDirectory, 'head'>, context: ExtractContext): void {
  const set = ole.head(SETS[0]!, SET_BYTES_MAX);
  if (set.length < 48 || set.readUInt16LE(0) !== 0xfffe || set.readUInt32LE(24) === 0) return;
  const section = set.subarray(set.readUInt32LE(44));
  const times = new Map<number, number>();
  for (const { id, at } of propertiesOf(section)) {
    if ((id === CREATED || id === SAVED) && at + 12 <= section.length && section.readUInt16LE(at) === TYPE_FILETIME)
      times.set(id, fileTimeDate(section.readUInt32LE(at + 4), section.readUInt32LE(at + 8)));
  }
  tellDates(context, times.get(CREATED) ?? null, times.get(SAVED) ?? null);
}

/** Numbers and places of a section's properties, as far as they lie within it. */
function* propertiesOf(section: Buffer): Generator<{ readonly id: number; readonly at: number }> {
  if (section.length < 8) return;
  const count = Math.min(PROPERTIES_MAX, section.readUInt32LE(4));
  for (let entry = 8; entry < 8 + count * 8 && entry + 8 <= section.length; entry += 8) {
    const at = section.readUInt32LE(entry + 4);
    if (at + 8 <= section.length) yield { id: section.readUInt32LE(entry), at };
  }
}

function readSection(section: Buffer, silent: ReadonlySet<number>, texts: string[]): void {
  let decoder = new TextDecoder('shift_jis');
  for (const { id, at } of propertiesOf(section)) {
    if (id === CODE_PAGE) decoder = decoderOf(section.readUInt16LE(at + 4));
    else if (id > 1 && !silent.has(id)) {
      const text = readText(section, at, decoder).trim();
      if (text !== '') texts.push(text);
    }
  }
}

function readText(section: Buffer, at: number, decoder: InstanceType<typeof TextDecoder>): string {
  const type = section.readUInt16LE(at);
  const length = Math.min(TEXT_BYTES_MAX, section.readUInt32LE(at + 4));
  const start = at + 8;
  if (type === TYPE_WIDE) return endAtNul(section.toString('utf16le', start, Math.min(section.length, start + length * 2)));
  return type === TYPE_BYTES ? endAtNul(decoder.decode(section.subarray(start, start + length))) : '';
}

function endAtNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function decoderOf(page: number): InstanceType<typeof TextDecoder> {
  if (page === 65001) return new TextDecoder('utf-8');
  if (page === 1200) return new TextDecoder('utf-16le');
  return createDecoder(page >= 1250 && page <= 1258 ? `windows-${page}` : page === 932 || page === 0 ? 'shift_jis' : 'windows-1252');
}
