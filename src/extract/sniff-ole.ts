/** What a compound file holds, by the streams of its root. Streams of embedded objects lie deeper and don't count. */
import { type OleDirectory, openOle } from '../container/ole.js';
import type { Format, Source } from '../model.js';
import type { Sniffed } from '../parts.js';
import { FileProblem } from '../problem.js';

/** In this order: a workbook saved for two versions has `Book` and `Workbook`, a protected file its package beside transforms. */
const BY_STREAM: readonly (readonly [string, Format])[] = [
  ['EncryptedPackage', 'ooxml-encrypted'],
  ['\tDRMContent', 'ole-rights-managed'],
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['PowerPoint Document', 'ppt'],
  ['__properties_version1.0', 'msg'],
  ['VisioDocument', 'vsd'],
  ['Quill', 'pub'],
  ['DocumentText', 'jtd'],
  ['JSCompDocument', 'jtd'],
  ['\x04JSRV_SegmentInformation', 'jtd'],
  ['MatOST', 'wps'],
  ['WksSSWorkBook', 'wps'],
];

/** Class id of installer packages, as it is stored: {000C1084-0000-0000-C000-000000000046} and its patch and transform. */
const INSTALLER_CLASS = /^8[46]100c0000000000c000000000000046$|^82100c0000000000c000000000000046$/;

export function sniffOle(source: Source): Sniffed {
  let ole: OleDirectory;
  try {
    ole = openOle(source);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    // Windows leaves these half written in folders that it was pulled away from.
    if (/^(?:eh)?thumbs\.db$/i.test(source.name)) return { format: 'thumbs-db', textless: true };
    return { format: 'ole', textless: false };
  }
  const format = BY_STREAM.find(([name]) => ole.entry(name))?.[1];
  if (format) return { format, textless: false };
  if (isThumbnails(ole)) return { format: 'thumbs-db', textless: true };
  if (INSTALLER_CLASS.test(ole.rootClassId)) return { format: 'msi', textless: true };
  return { format: 'ole', textless: false };
}

/** Thumbs.db of Windows 2000 to XP: `Catalog` beside streams named by a number written backwards; Vista's have 256_ and a hash. */
function isThumbnails(ole: OleDirectory): boolean {
  return ole.entries.length > 0 && ole.entries.every(({ path }) => path === 'Catalog' || /^\d{1,10}$|^\d{1,4}_[0-9a-f]{16}$/.test(path));
}
