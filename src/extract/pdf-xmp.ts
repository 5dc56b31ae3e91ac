/**
 * The description that a PDF carries as XMP (ISO 32000-1, 14.3.2), which programs that know no PDF find by its mark: it stands in the clear. It mostly says
 * what the properties say; what is broken in it is no loss of text.
 */
import type { DocumentDates } from '../model.js';
import { FileProblem } from '../problem.js';
import { w3cDate } from './document-dates.js';
import { readTexts } from './xlsx-parts.js';

const OPEN = '<x:xmpmeta';
const CLOSE = '</x:xmpmeta>';
const XMP_BYTES_MAX = 1024 * 1024;
/** Values of lists (titles, authors, keywords) and those without one. */
const NAMES = new Set([
  'li',
  'title',
  'description',
  'creator',
  'subject',
  'rights',
  'Keywords',
  'Author',
  'Title',
  'Subject',
  'CaptionWriter',
]);

/** The last description in the file; null where there is none, or one beyond all measure. */
export function findXmp(content: Buffer): Buffer | null {
  const start = content.lastIndexOf(OPEN, content.length, 'latin1');
  const end = start < 0 ? -1 : content.indexOf(CLOSE, start, 'latin1');
  return end < 0 || end - start > XMP_BYTES_MAX ? null : content.subarray(start, end + CLOSE.length);
}

/** Its texts. */
export function readXmp(description: Buffer): readonly string[] {
  try {
    return readTexts([description], NAMES);
  } catch (error) {
    if (error instanceof FileProblem) return [];
    throw error;
  }
}

/** As elements or as attributes of the description, by the prefix that all writers use (XMP part 1, 8.4). */
const DATES = /\bxmp:(CreateDate|ModifyDate)(?:\s?=\s?["']|>)\s{0,20}([0-9T:.Z+-]{1,40})/g;

export function readXmpDates(description: Buffer): DocumentDates {
  const found = new Map<string, number | null>();
  for (const [, name, text] of description.toString('latin1').matchAll(DATES)) found.set(name!, w3cDate(text!));
  return { created: found.get('CreateDate') ?? null, saved: found.get('ModifyDate') ?? null };
}
