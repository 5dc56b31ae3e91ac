/** The password checks of all formats, one line each, and the answer for formats that need none. */
import type { Format, Password, Source } from '../model.js';
import type { PasswordCheck } from '../parts.js';
import { archiveCheck } from './password-archive.js';
import { mdbCheck } from './password-mdb.js';
import { odfCheck } from './password-odf.js';
import { oleCheck } from './password-ole.js';
import { ooxmlCheck } from './password-ooxml.js';
import { pdfCheck } from './password-pdf.js';
import { zipCheck } from './password-zip.js';

export const passwordChecks: readonly PasswordCheck[] = [ooxmlCheck, oleCheck, pdfCheck, zipCheck, odfCheck, archiveCheck, mdbCheck];

/** Formats that know no password. All that is neither here nor checked is `unknown`: an archive or database that no check reads yet. */
const OPEN_FORMATS: ReadonlySet<Format> = new Set([
  ...[
    'empty',
    'txt',
    'csv',
    'tsv',
    'html',
    'xml',
    'xml-spreadsheet',
    'sylk',
    'owner-file',
    'json',
    'eml',
    'mbox',
    'msg',
    'vcf',
    'ics',
    'rtf',
    'dbf',
    'tnef',
  ],
  ...['png', 'jpeg', 'gif', 'tif', 'bmp', 'webp', 'heic', 'jp2', 'psd', 'emf', 'wmf', 'dwg'],
  ...['dbf-memo', 'sqlite', 'lzh', 'cab', 'tar', 'gz', 'bz2', 'xz', 'zstd'],
]);

/**
 * The password state by the bytes alone. `textless` formats have nothing to protect.
 * Throws FileProblem('damaged' | 'unsupported') when it can't be told, and what the source throws.
 */
export function checkPassword(source: Source, format: Format, textless = false): Password {
  const check = passwordChecks.find((candidate) => candidate.formats.includes(format));
  if (check) return check.check(source, format);
  return { state: textless || OPEN_FORMATS.has(format) ? 'none' : 'unknown', scheme: null };
}

/** Changes whenever a check of this format may answer otherwise; '' for a format without one. */
export function passwordCheckVersion(format: Format): string {
  const check = passwordChecks.find((candidate) => candidate.formats.includes(format));
  return check ? `${check.id}/${check.version}` : '';
}
