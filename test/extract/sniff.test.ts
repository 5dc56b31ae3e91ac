import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { sniff } from '../../src/extract/sniff.js';
import { writeOle } from '../kit/ole-writer.js';
import { writePlainZip } from '../kit/plain-zip.js';

function formatOf(bytes: Buffer, name = 'x.dat'): string {
  const { format, textless } = sniff(memorySource(name, bytes));
  return textless ? `${format} (textless)` : format;
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const some = Buffer.alloc(400, 7);
const types = '[Content_Types].xml';

describe('packages', () => {
  it.each<[string, Record<string, string>]>([
    ['xlsx', { [types]: '', 'xl/workbook.xml': '' }],
    ['xlsm', { [types]: '', 'xl/workbook.xml': '', 'xl/vbaProject.bin': '' }],
    ['xlsb', { [types]: '', 'xl/workbook.bin': '' }],
    ['docx', { [types]: '', 'word/document.xml': '', 'word/embeddings/a.xlsx': '' }],
    ['docm', { [types]: '', 'word/document.xml': '', 'word/vbaProject.bin': '' }],
    ['pptx', { [types]: '', 'ppt/presentation.xml': '' }],
    [
      'docx',
      {
        [types]: '<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
        'word/document2.xml': '',
      },
    ],
    ['ods', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }],
    ['odt', { mimetype: 'application/vnd.oasis.opendocument.text-template', 'content.xml': '' }],
    ['odp', { mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '' }],
    ['zip', { 'xl/workbook.xml': '', 'memo.txt': 'a' }],
    ['zip', { 'memo.txt': 'a' }],
  ])('%s by its parts', (format, parts) => {
    expect(formatOf(writePlainZip(parts))).toBe(format);
  });

  it('keeps a truncated package a zip, whatever it is called', () => {
    const whole = writePlainZip({ [types]: 'x'.repeat(900), 'xl/workbook.xml': '' });
    expect(formatOf(whole.subarray(0, whole.length - 60), 'a.xlsx')).toBe('zip');
  });

  it.each<[string, string[]]>([
    ['xls', ['Workbook']],
    ['xls', ['Book']],
    ['doc', ['WordDocument', '1Table', 'ObjectPool/Workbook']],
    ['ppt', ['PowerPoint Document', 'Current User']],
    ['msg', ['__properties_version1.0']],
    ['ooxml-encrypted', ['EncryptionInfo', 'EncryptedPackage']],
    ['jtd', ['DocumentText']],
    ['ole', ['Something']],
    ['thumbs-db (textless)', ['Catalog', '1', '21']],
  ])('%s by the streams of a compound file', (format, streams) => {
    expect(formatOf(writeOle(Object.fromEntries(streams.map((name) => [name, some]))))).toBe(format);
  });
});

it('knows the note that Office keeps beside an open document by its name and size', () => {
  const bytes = Buffer.concat([Buffer.from([6]), Buffer.from('satoyk'), Buffer.alloc(158, 0x20)]);
  expect(formatOf(bytes, '~$名簿.xlsx')).toBe('owner-file');
  expect(formatOf(bytes, '名簿.xlsx')).not.toBe('owner-file');
});

describe('marks', () => {
  it.each([
    ['pdf', Buffer.from('%PDF-1.4\n')],
    ['pdf', Buffer.concat([Buffer.alloc(700, 1), Buffer.from('%PDF-1.7\n')])],
    ['rtf', Buffer.from('{\\rtf1\\ansi')],
    ['7z', hex('377abcaf271c0004')],
    ['rar', hex('526172211a0700cf')],
    ['gz', hex('1f8b080000000000')],
    ['bz2', hex('425a6839314159265359')],
    ['xz', hex('fd377a585a000004')],
    ['cab', hex('4d53434600000000')],
    ['lzh', Buffer.from('\x1e\x88-lh5-\x00\x01', 'latin1')],
    ['png', hex('89504e470d0a1a0a0000')],
    ['jpeg', hex('ffd8ffe000104a46')],
    ['gif', Buffer.from('GIF89a\x01\x00')],
    ['tif', hex('49492a0008000000')],
    ['bmp', Buffer.concat([hex('424d 9a000000 00000000 36000000 28000000'), Buffer.alloc(40)])],
    ['mdb', Buffer.concat([hex('00010000'), Buffer.from('Standard Jet DB\0')])],
    ['accdb', Buffer.concat([hex('00010000'), Buffer.from('Standard ACE DB\0')])],
    ['sqlite', Buffer.from('SQLite format 3\0')],
    ['mp3 (textless)', hex('4944330300000000')],
    ['mp4 (textless)', Buffer.from('\0\0\0\x18ftypmp42', 'latin1')],
    [
      'wave (textless)',
      Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), hex('10000000 01000100 44ac0000 88580100 02001000')]),
    ],
    ['exe (textless)', Buffer.concat([hex('4d5a9000'), Buffer.alloc(100)])],
    ['self-extracting', Buffer.concat([hex('4d5a9000'), Buffer.alloc(100), Buffer.from('-lh5-')])],
    ['ttf (textless)', hex('000100000012010000040020')],
    ['ico (textless)', hex('000001000100')],
    ['wk1', hex('0000020006 04060008000000000000000000')],
    ['wk3', hex('00001a00001004000000')],
    ['cur (textless)', hex('000002000100 2020000010001000300100001600 0000 28000000')],
    ['elf (textless)', hex('7f454c4602010100 0000000000000000 0300 3e00')],
    ['txt', Buffer.from('\x7fELF 東京都千代田区霞が関一丁目 佐藤幸子\n')],
    ['unknown-binary', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(300, 3)])],
    ['txt', Buffer.from('abcdftyp 東京都千代田区霞が関一丁目 佐藤幸子\n')],
    ['txt', Buffer.from('ID3\x03 東京都千代田区霞が関一丁目 佐藤幸子の健康診断結果について\n')],
    ['txt', Buffer.from('RIFF0000WAVE 東京都千代田区霞が関一丁目 佐藤幸子\n')],
    ['empty', Buffer.alloc(0)],
    ['unknown-binary', deflateRawSync(Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * at * 31) % 251)))],
    ['unknown-binary', Buffer.alloc(5000)],
  ])('%s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it('finds an archive in a self-extracting program', () => {
    expect(formatOf(Buffer.concat([hex('4d5a9000'), Buffer.alloc(200), writePlainZip({ 'a.txt': 'a' })]))).toBe('zip');
  });

  it('knows a dBASE table and an old tar by their structure', () => {
    const dbf = Buffer.alloc(65 + 20);
    hex('03 78 0b 15 02000000 4100 0a00').copy(dbf);
    dbf.write('NAME', 32);
    dbf[64] = 0x0d;
    expect(formatOf(dbf)).toBe('dbf');
    const tar = Buffer.alloc(1024);
    tar.write('memo.txt');
    tar.write('0000644\0', 100);
    tar.fill(' ', 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(formatOf(tar)).toBe('tar');
  });
});

describe('texts', () => {
  it.each([
    ['txt', 'お知らせ\n本日の会議は中止します。\n', 'a.txt'],
    ['txt', 'MZ 時代の記録\n', 'a.txt'],
    ['txt', 'AC1001 は部品の番号、ID3 は別の番号。\n', 'a.txt'],
    ['csv', '氏名,住所\n山田,東京\n佐藤,大阪\n', 'a.csv'],
    ['csv', '氏名,住所,電話\n山田,東京,1\n佐藤,大阪,2\n', 'a.dat'],
    ['csv', '氏名,住所\n', 'a.csv'],
    ['csv', '名簿\n\nNo;氏名;住所\n1;山田;東京\n2;佐藤;大阪\n', 'a.txt'],
    ['tsv', '氏名\t住所\n山田\t東京\n', 'a.txt'],
    ['tsv', '氏名\t住所\t額\n山田\t東京\t1,000\n佐藤\t大阪\t2,000\n', 'a.xls'],
    ['txt', 'Dear all, this is a letter.\nIt has commas, some, here.\nNone there.\nBye, me\n', 'a.txt'],
    ['html', '<!DOCTYPE html><html><body>山田</body></html>', 'a.xls'],
    ['html', '\n<!-- made by x -->\n<table><tr><td>1</td></tr></table>', 'a.xls'],
    ['html', '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>', 'a.htm'],
    ['xml', '<?xml version="1.0" encoding="UTF-8"?><a/>', 'a.xml'],
    ['xml-spreadsheet', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'a.xls'],
    ['json', '{"name": "山田"}', 'a'],
    ['json', '[{"name": "山田"}]', 'a'],
    ['sylk', 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"氏名"\r\nE\r\n', 'a.xls'],
    ['txt', '[設定]\nname=1\n', 'desktop.ini'],
    ['eml', 'Received: from a\n by b\nFrom: a@example.jp\nSubject: x\n\nbody', 'a'],
    ['eml', 'From: a@example.jp\r\nTo: b@example.jp\r\n\r\nbody', 'a.txt'],
    ['txt', 'To: 課長\n次の件を報告します。\n', 'memo.txt'],
    ['mbox', 'From a@example.jp Mon Jan  5 10:00:00 2015\nSubject: x\n\nbody', 'a'],
  ])('%s: %j called %s', (format, text, name) => {
    expect(formatOf(Buffer.from(text), name)).toBe(format);
    expect(formatOf(Buffer.from(`\ufeff${text}`, 'utf16le'), name)).toBe(format);
  });

  it('takes UTF-32 for no text, with a byte order mark and without: nothing here decodes it', () => {
    for (const mark of ['\ufeff', '']) {
      const units = [...`${mark}氏名：山田太郎\n`.repeat(9)].map((letter) => letter.codePointAt(0)!);
      const little = Buffer.from(Uint32Array.from(units).buffer);
      expect(formatOf(little, 'a.txt')).toBe('unknown-binary');
      expect(formatOf(Buffer.from(little).swap32(), 'a.txt')).toBe('unknown-binary');
    }
  });

  it('takes NUL padding for text, and random bytes for none', () => {
    expect(formatOf(Buffer.from(`${'山田太郎\0\0\0'.repeat(50)}\n`))).toBe('txt');
    const noise = Buffer.alloc(20_000);
    for (let at = 0, seed = 3; at < noise.length; at++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      noise[at] = seed >>> 16;
    }
    expect(formatOf(noise, 'a.txt')).toBe('unknown-binary');
  });

  it('takes fields that were cut in the middle of a character for text', () => {
    // 架空太郎の住所 in CP932 without its last byte.
    const cut = Buffer.from('89cb8bf391be985982cc8f5a8f0a', 'hex');
    expect(formatOf(Buffer.concat(Array(500).fill(cut)))).toBe('txt');
  });
});
