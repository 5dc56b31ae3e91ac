/**
 * The first bytes of formats that need no further look, one a line. Formats that share their first bytes (zip, compound files, text) are
 * told apart elsewhere.
 */
import type { Format } from '../model.js';

export interface Magic {
  readonly format: Format;
  readonly at: number;
  readonly bytes: Buffer;
  readonly textless: boolean;
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const magic = (format: Format, at: number, bytes: Buffer, textless = false): Magic => ({ format, at, bytes, textless });

/** Tried in this order; longer marks first where one is the beginning of another. */
export const MAGICS: readonly Magic[] = [
  magic('pdf', 0, ascii('%PDF-')),
  magic('png', 0, hex('89504e470d0a1a0a')),
  magic('jpeg', 0, hex('ffd8ff')),
  magic('gif', 0, ascii('GIF87a')),
  magic('gif', 0, ascii('GIF89a')),
  magic('tif', 0, hex('49492a00')),
  magic('tif', 0, hex('4d4d002a')),
  magic('rtf', 0, ascii('{\\rtf')),
  // Containers and compression.
  magic('7z', 0, hex('377abcaf271c')),
  magic('rar', 0, hex('526172211a07')),
  magic('cab', 0, ascii('MSCF\0')),
  magic('gz', 0, hex('1f8b08')),
  // Behind `BZh` and a digit: the mark of the first block.
  magic('bz2', 4, hex('314159265359')),
  magic('xz', 0, hex('fd377a585a00')),
  magic('zstd', 0, hex('28b52ffd')),
  magic('tar', 257, ascii('ustar')),
  // Mail, notes, databases.
  magic('pst', 0, ascii('!BDN')),
  magic('tnef', 0, hex('789f3e22')),
  magic('one', 0, hex('e4525c7b8cd8a74daeb15378d02996d3')),
  magic('mdb', 4, ascii('Standard Jet DB')),
  magic('accdb', 4, ascii('Standard ACE DB')),
  magic('sqlite', 0, ascii('SQLite format 3\0')),
  // What SQLite keeps beside a database until it is closed; its two last bits say how it sums.
  magic('sqlite-wal', 0, hex('377f0682')),
  magic('sqlite-wal', 0, hex('377f0683')),
  // Excel 2 to 4 have no compound file around them: BOF record of each version (MS-XLS 2.4.21, older layouts).
  magic('xls', 0, hex('09000400')),
  magic('xls', 0, hex('09020600')),
  magic('xls', 0, hex('09040600')),
  // Excel 5 and later, taken out of its compound file.
  magic('xls', 0, hex('09080800')),
  magic('xls', 0, hex('09081000')),
  // Lotus 1-2-3: BOF record with the version (1A, Symphony, 2; 3 and later). No reader; the first of them would pass for a cursor picture.
  ...['0404', '0504', '0604'].map((version) => magic('wk1', 0, hex(`00000200${version}`))),
  magic('wk3', 0, hex('00001a00')),
  // Word 1, 2 and Write: no reader.
  magic('doc-old', 0, hex('dba52d00')),
  magic('doc-old', 0, hex('9ba52100')),
  magic('doc-old', 0, hex('31be0000')),
  magic('doc-old', 0, hex('32be0000')),
  // Drawings and pictures of other sorts.
  magic('psd', 0, ascii('8BPS\0')),
  magic('jp2', 0, hex('0000000c6a5020200d0a870a')),
  magic('emf', 40, ascii(' EMF')),
  magic('wmf', 0, hex('d7cdc69a')),
  // Sound and film.
  magic('mp3', 0, ascii('ID3\x02'), true),
  magic('mp3', 0, ascii('ID3\x03'), true),
  magic('mp3', 0, ascii('ID3\x04'), true),
  magic('mp3', 0, hex('fffb'), true),
  magic('mp3', 0, hex('fff3'), true),
  magic('mp3', 0, hex('fff2'), true),
  magic('aac', 0, hex('fff1'), true),
  magic('aac', 0, hex('fff9'), true),
  magic('ogg', 0, ascii('OggS\0'), true),
  magic('flac', 0, ascii('fLaC\0'), true),
  magic('midi', 0, ascii('MThd\0'), true),
  magic('mkv', 0, hex('1a45dfa3'), true),
  magic('wmv', 0, hex('3026b2758e66cf11'), true),
  magic('mpeg', 0, hex('000001ba'), true),
  magic('mpeg', 0, hex('000001b3'), true),
  magic('flv', 0, hex('464c5601'), true),
  // Programs.
  // ELF: the mark, then 32 or 64 bit, byte order, version 1.
  ...['0101', '0102', '0201', '0202'].map((kind) => magic('elf', 0, hex(`7f454c46${kind}01`), true)),
  magic('class', 0, hex('cafebabe'), true),
  magic('macho', 0, hex('cffaedfe'), true),
  magic('macho', 0, hex('cefaedfe'), true),
  magic('wasm', 0, hex('0061736d'), true),
  magic('lnk', 0, hex('4c0000000114020000000000c000000000000046'), true),
  // Fonts, icons, what systems leave in folders.
  magic('ttf', 0, hex('0001000000'), true),
  magic('ttf', 0, ascii('true\0'), true),
  magic('ttf', 0, ascii('ttcf\0'), true),
  magic('otf', 0, ascii('OTTO\0'), true),
  magic('woff', 0, ascii('wOFF\0'), true),
  magic('woff', 0, ascii('wOF2\0'), true),
  magic('woff', 0, ascii('wOFFOTTO'), true),
  magic('woff', 0, ascii('wOF2OTTO'), true),
  magic('ico', 0, hex('00000100'), true),
  magic('cur', 0, hex('00000200'), true),
  magic('appledouble', 0, hex('00051607'), true),
  magic('ds-store', 0, hex('0000000142756431'), true),
];

export function matchMagic(head: Buffer): Magic | null {
  for (const candidate of MAGICS) {
    if (head[candidate.at] !== candidate.bytes[0]) continue;
    if (head.subarray(candidate.at, candidate.at + candidate.bytes.length).equals(candidate.bytes)) return candidate;
  }
  return null;
}
