/**
 * The description that a PDF carries as XMP (ISO 32000-1, 14.3.2), which programs that know no PDF find by its mark: it stands in the clear. It mostly says
 * what the properties say; what is broken in it is no loss of text.
 */
import { FileProblem } from '../problem.js';
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

/** The texts of the last description in the file. */
export function readXmp(content: Buffer): readonly string[] {
  const start = content.lastIndexOf(OPEN, content.length, 'latin1');
  const end = start < 0 ? -1 : content.indexOf(CLOSE, start, 'latin1');
  if (end < 0 || end - start > XMP_BYTES_MAX) return [];
  try {
    return readTexts([content.subarray(start, end + CLOSE.length)], NAMES);
  } catch (error) {
    if (error instanceof FileProblem) return [];
    throw error;
  }
}
