/** What lies in a zip: an Office, OpenDocument or other package by its parts, else plain `zip`. Names suffice nearly always. */
import { openZip, type ZipDirectory } from '../container/zip.js';
import type { Format, Source } from '../model.js';
import { FileProblem } from '../problem.js';

/** Main parts at their usual places. */
const MAIN_PARTS: readonly (readonly [string, Format])[] = [
  ['xl/workbook.bin', 'xlsb'],
  ['xl/workbook.xml', 'xlsx'],
  ['word/document.xml', 'docx'],
  ['ppt/presentation.xml', 'pptx'],
  ['visio/document.xml', 'vsdx'],
  ['fixeddocseq.fdseq', 'xps'],
  ['fixeddocumentsequence.fdseq', 'xps'],
];

/** Content types of main parts (ECMA-376-1, 15.2, and MS-OFFMACRO2): for packages whose main part has another name. */
const MAIN_TYPES: readonly (readonly [RegExp, Format])[] = [
  [/ms-excel\.sheet\.binary\.macroEnabled\.main/i, 'xlsb'],
  [/ms-excel\.(?:sheet|template|addin)\.macroEnabled\.main/i, 'xlsm'],
  [/spreadsheetml\.(?:sheet|template)\.main/i, 'xlsx'],
  [/ms-word\.(?:document|template)\.macroEnabledTemplate\.main|ms-word\.document\.macroEnabled\.main/i, 'docm'],
  [/wordprocessingml\.(?:document|template)\.main/i, 'docx'],
  [/(?:presentationml\.(?:presentation|slideshow|template)|ms-powerpoint\.\w{1,20}\.macroEnabled)\.main/i, 'pptx'],
];

/** OpenDocument 1.3 part 2, 3.3: the content type stands in the entry `mimetype`. */
const ODF_TYPES: readonly (readonly [string, Format])[] = [
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
  ['application/vnd.oasis.opendocument.graphics', 'odg'],
  ['application/vnd.oasis.opendocument', 'odf'],
  ['application/vnd.sun.xml.calc', 'ods'],
  ['application/vnd.sun.xml.writer', 'odt'],
  ['application/vnd.sun.xml.impress', 'odp'],
  ['application/epub+zip', 'epub'],
];

const CONTENT_TYPES_BYTES_MAX = 1024 * 1024;

/** A zip whose directory can't be read is `zip` all the same: its reader then tells what is wrong. */
export function sniffZip(source: Source): Format {
  let zip: ZipDirectory;
  try {
    zip = openZip(source);
  } catch (error) {
    if (error instanceof FileProblem) return 'zip';
    throw error;
  }
  return packageByMimetype(zip) ?? packageByParts(zip) ?? 'zip';
}

function packageByMimetype(zip: ZipDirectory): Format | null {
  const type = readSmall(zip, 'mimetype', 256)?.trim();
  return (type && ODF_TYPES.find(([prefix]) => type.startsWith(prefix))?.[1]) || null;
}

function packageByParts(zip: ZipDirectory): Format | null {
  if (!zip.entry('[Content_Types].xml')) return null;
  const found = MAIN_PARTS.find(([name]) => zip.entry(name))?.[1];
  if (found === 'xlsx') return zip.entry('xl/vbaProject.bin') ? 'xlsm' : 'xlsx';
  if (found === 'docx') return zip.entry('word/vbaProject.bin') ? 'docm' : 'docx';
  if (found) return found;
  const types = readSmall(zip, '[Content_Types].xml', CONTENT_TYPES_BYTES_MAX);
  return (types && MAIN_TYPES.find(([pattern]) => pattern.test(types))?.[1]) || null;
}

function readSmall(zip: ZipDirectory, name: string, bytesMax: number): string | null {
  const entry = zip.entry(name);
  if (!entry) return null;
  try {
    return zip.readEntry(entry, bytesMax).toString('latin1');
  } catch (error) {
    if (error instanceof FileProblem) return null;
    throw error;
  }
}
