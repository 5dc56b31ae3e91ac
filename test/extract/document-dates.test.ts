/** When documents say of themselves that they were made and last saved: format by format, and what is not believed. */
import { describe, expect, it } from 'vitest';
import { CFB, utils, write } from 'xlsx';
import { memorySource } from '../../src/container/memory-source.js';
import { openOle } from '../../src/container/ole.js';
import { docExtractor } from '../../src/extract/doc.js';
import { mailDate, pdfDate, tellDates, w3cDate } from '../../src/extract/document-dates.js';
import { docxExtractor } from '../../src/extract/docx.js';
import { mailExtractor } from '../../src/extract/mail.js';
import { msgExtractor } from '../../src/extract/msg.js';
import { odfExtractor } from '../../src/extract/odf.js';
import { odsExtractor } from '../../src/extract/ods.js';
import { pdfExtractor } from '../../src/extract/pdf.js';
import { pptxExtractor } from '../../src/extract/pptx.js';
import { xlsExtractor } from '../../src/extract/xls.js';
import { xlsxExtractor } from '../../src/extract/xlsx.js';
import type { DocumentDates } from '../../src/model.js';
import type { Extractor } from '../../src/parts.js';
import { writeAgile } from '../kit/agile-writer.js';
import { writeDoc } from '../kit/doc-writer.js';
import { paragraph, writeDocx } from '../kit/docx-writer.js';
import { examineBytes } from '../kit/examine-bytes.js';
import { writeMail } from '../kit/mail-writer.js';
import { writeOdf } from '../kit/odf-writer.js';
import { lockWorkbook } from '../kit/office-locker.js';
import { writeOle } from '../kit/ole-writer.js';
import { writePdf } from '../kit/pdf-writer.js';
import { shape, writePptx } from '../kit/pptx-writer.js';
import { readBlocks } from '../kit/read-blocks.js';
import { fileTime, SUMMARY, summaryInformation } from '../kit/summary-information.js';
import { writeWorkbook } from '../kit/xlsx-writer.js';
import { writeZip } from '../kit/zip-writer.js';

const CREATED = new Date('2015-03-20T01:02:03Z');
const SAVED = new Date('2015-03-23T00:00:00Z');
const both = [CREATED.getTime(), SAVED.getTime()];
const local = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  new Date(year, month - 1, day, hour, minute, second).getTime();

const core = (created: string, modified: string) =>
  `<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t" xmlns:xsi="x"><dc:creator>見本 花子</dc:creator>` +
  `<dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created><cp:lastPrinted>2014-01-01T00:00:00Z</cp:lastPrinted>` +
  `<dcterms:modified xsi:type="dcterms:W3CDTF">${modified}</dcterms:modified></cp:coreProperties>`;
const CORE = { 'docProps/core.xml': core('2015-03-20T01:02:03Z', '2015-03-23T09:00:00+09:00') };
const meta = (created: string, saved: string) =>
  `<office:document-meta><office:meta><meta:creation-date>${created}</meta:creation-date><dc:date>${saved}</dc:date></office:meta></office:document-meta>`;
const summary = { [SUMMARY]: summaryInformation({ 11: new Date('2014-01-01T00:00:00Z'), 12: CREATED, 13: SAVED }) };

function workbook(parts: Readonly<Record<string, string>> = CORE): Buffer {
  return writeWorkbook({ sheets: [{ name: '名簿', rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }], parts });
}

function xls(streams: Readonly<Record<string, Buffer>> = summary): Buffer {
  const made = CFB.read(write({ SheetNames: ['a'], Sheets: { a: utils.aoa_to_sheet([['x']]) } }, { type: 'buffer', bookType: 'biff8' }), {
    type: 'buffer',
  });
  return writeOle({ Workbook: Buffer.from(CFB.find(made, 'Workbook')!.content as Uint8Array), ...streams });
}

/** The properties' dictionary of a PDF with these entries in it, at the place of its title. */
function pdf(info: string, behind = ''): Buffer {
  const bytes = writePdf([{ texts: [{ x: 50, y: 700, text: '本文' }] }]).toString('latin1');
  return Buffer.from(bytes.replace('/Title <FEFF>', info) + behind, 'latin1');
}

function msgTimes(times: Readonly<Record<number, Date>>): Buffer {
  const list = Buffer.alloc(32 + Object.keys(times).length * 16);
  for (const [index, [tag, time]] of Object.entries(times).entries()) {
    list.writeUInt16LE(0x40, 32 + index * 16);
    list.writeUInt16LE(Number(tag), 34 + index * 16);
    list.writeBigUInt64LE(fileTime(time), 40 + index * 16);
  }
  return writeOle({ '__properties_version1.0': list, '__substg1.0_1000001F': Buffer.from('本文', 'utf16le') });
}

const xmp =
  '<x:xmpmeta><rdf:Description xmp:CreateDate="2015-03-20T01:02:03Z"><xmp:ModifyDate>2015-03-23T09:00:00+09:00</xmp:ModifyDate></rdf:Description></x:xmpmeta>';

describe('documents tell when they were made and last saved', () => {
  it.each<[string, Extractor, () => Buffer, (number | null)[] | null]>([
    ['xlsx', xlsxExtractor, () => workbook(), both],
    [
      'xlsx of .NET',
      xlsxExtractor,
      () => workbook({ 'package/services/metadata/core-properties/0a1b.psmdcp': CORE['docProps/core.xml'] }),
      both,
    ],
    ['xlsx without', xlsxExtractor, () => workbook({}), null],
    [
      'xlsx that breaks off',
      xlsxExtractor,
      () => workbook({ 'docProps/core.xml': CORE['docProps/core.xml'].slice(0, 300) }),
      [both[0]!, null],
    ],
    ['docx', docxExtractor, () => writeDocx({ body: paragraph('本文'), entries: CORE }), both],
    ['pptx', pptxExtractor, () => writePptx([{ tree: shape('本文') }], CORE), both],
    [
      'odt, in local time',
      odfExtractor,
      () =>
        writeOdf({ body: '<text:p>本文</text:p>', entries: { 'meta.xml': meta('2015-03-20T10:02:03.123456789', '2015-03-23T09:00:00') } }),
      [local(2015, 3, 20, 10, 2, 3), local(2015, 3, 23, 9)],
    ],
    [
      'ods',
      odsExtractor,
      () =>
        writeOdf({
          body: '<table:table table:name="a"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
          sort: 'spreadsheet',
          entries: { 'meta.xml': meta('2015-03-20T01:02:03Z', '2015-03-23T00:00:00Z') },
        }),
      both,
    ],
    ['doc', docExtractor, () => writeDoc({ body: [{ text: '本文\r' }], streams: summary }), both],
    ['doc without', docExtractor, () => writeDoc({ body: [{ text: '本文\r' }] }), null],
    [
      'doc, a broken set',
      docExtractor,
      () => writeDoc({ body: [{ text: '本文\r' }], streams: { [SUMMARY]: Buffer.alloc(64, 0xfe) } }),
      null,
    ],
    ['xls', xlsExtractor, () => xls(), both],
    ['pdf', pdfExtractor, () => pdf("/CreationDate (D:20150320010203Z) /ModDate (D:20150323090000+09'00')"), both],
    ['pdf that was never changed', pdfExtractor, () => pdf('/CreationDate (D:20150320010203Z)'), [both[0]!, both[0]!]],
    ['pdf by its description', pdfExtractor, () => pdf('', xmp), both],
    [
      'eml',
      mailExtractor,
      () => writeMail(['From: a@example.jp', 'Date: Mon, 23 Mar 2015 09:00:00', ' +0900 (JST)'], '本文'),
      [both[1]!, both[1]!],
    ],
    ['eml without', mailExtractor, () => writeMail(['From: a@example.jp'], '本文'), null],
    ['msg that was sent', msgExtractor, () => msgTimes({ 12295: new Date(), 12296: new Date(), 57: SAVED }), [both[1]!, both[1]!]],
    ['msg that only came', msgExtractor, () => msgTimes({ 12296: new Date(), 3590: SAVED }), [both[1]!, both[1]!]],
    ['a draft', msgExtractor, () => msgTimes({ 12295: CREATED, 12296: SAVED }), both],
  ])('%s', async (_, extractor, make, expected) => {
    const { dates, all } = await readBlocks(extractor, make());
    expect(dates && [dates.created, dates.saved]).toEqual(expected);
    expect(all).not.toBe('');
  });

  it('and so does a member, beside its container', async () => {
    const zip = writeZip([
      { name: '古い.xlsx', content: workbook() },
      { name: 'a.txt', content: 'x' },
    ]);
    const { documentDates, members } = await examineBytes('a.zip', zip);
    expect(documentDates).toBeUndefined();
    expect(members.map(({ name, content }) => [name, content.documentDates?.saved])).toEqual([
      ['古い.xlsx', SAVED.getTime()],
      ['a.txt', undefined],
    ]);
  });

  it('and what is locked, where that stands beside it in the clear', async () => {
    const stream = openOle(memorySource('', lockWorkbook(xls(), 'rc4-40', 'himitsu'))).stream('Workbook');
    const beside = writeOle({ Workbook: stream, ...summary });
    const { examined, documentDates } = await examineBytes('a.xls', beside);
    expect([examined, documentDates?.saved]).toEqual(['none', SAVED.getTime()]);
    expect((await examineBytes('a.xls', beside, ['himitsu'])).documentDates?.saved).toBe(SAVED.getTime());
    const within = writeAgile(workbook(), 'himitsu');
    expect((await examineBytes('a.xlsx', within)).documentDates).toBeUndefined();
    expect((await examineBytes('a.xlsx', within, ['himitsu'])).documentDates?.saved).toBe(SAVED.getTime());
  });
});

describe('what is not believed', () => {
  const told = (created: number | null, saved: number | null): DocumentDates | null => {
    let dates: DocumentDates | null = null;
    tellDates(
      {
        format: 'xlsx',
        passwords: [],
        problem: () => undefined,
        unpacked: () => undefined,
        dates: (one) => {
          dates = one;
        },
      },
      created,
      saved,
    );
    return dates;
  };
  const at = (text: string) => Date.parse(text);
  it.each<[string, string | null, string | null, [boolean, boolean]]>([
    ['both', '2015-03-20T00:00:00Z', '2015-03-23T00:00:00Z', [true, true]],
    ['the zero of Windows', null, '1601-01-01T00:00:00Z', [false, false]],
    ['the zero of sheets', '1899-12-30T00:00:00Z', '1904-01-01T00:00:00Z', [false, false]],
    ['the zero of Unix', null, '1970-01-01T00:00:00Z', [false, false]],
    ['the zero of DOS, in the far west', null, '1980-01-01T12:00:00Z', [false, false]],
    ['the day after it', null, '1980-01-02T00:00:00Z', [false, true]],
    ['the template of python-docx', '2013-12-23T23:15:00Z', '2013-12-23T23:15:00Z', [false, false]],
    ['the template of python-docx, saved since', '2013-12-23T23:15:00Z', '2015-03-23T00:00:00Z', [false, true]],
    ['a second later', null, '2013-12-23T23:15:01Z', [false, true]],
    ['saved long before it was made', '2015-03-20T00:00:00Z', '2010-01-01T00:00:00Z', [true, false]],
    ['saved within a day before it was made', '2015-03-20T00:00:00Z', '2015-03-19T15:00:00Z', [true, true]],
  ])('%s', (_, created, saved, expected) => {
    const dates = told(created === null ? null : at(created), saved === null ? null : at(saved));
    expect([dates?.created != null, dates?.saved != null]).toEqual(expected);
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, 253_402_300_800_000])('%d', (ms) => {
    expect(told(ms, ms)).toBeNull();
  });

  it.each<[text: string, read: (text: string) => number | null, number | null]>([
    ['2015-03-23T00:00:00Z', w3cDate, at('2015-03-23T00:00:00Z')],
    [' 2015-03-23T09:00:00.5+0900 ', w3cDate, at('2015-03-23T00:00:00Z')],
    ['2015-03-23', w3cDate, local(2015, 3, 23)],
    ['2015-03-23T09:00', w3cDate, local(2015, 3, 23, 9)],
    ['2015', w3cDate, null],
    ['2015-02-29T00:00:00Z', w3cDate, null],
    ['2015-13-01T00:00:00Z', w3cDate, null],
    ['2015-03-23T25:00:00Z', w3cDate, null],
    ['2015-03-23T00:00:00+99:00', w3cDate, null],
    ['0000-00-00T00:00:00Z', w3cDate, null],
    ['平成27年3月23日', w3cDate, null],
    ['2'.repeat(100_000), w3cDate, null],
    ["D:20150323090000+09'00'", pdfDate, at('2015-03-23T00:00:00Z')],
    ["D:20150323090000+09'00", pdfDate, at('2015-03-23T00:00:00Z')],
    ['D:20150323000000Z', pdfDate, at('2015-03-23T00:00:00Z')],
    ['20150323090000', pdfDate, local(2015, 3, 23, 9)],
    ['D:20150323', pdfDate, local(2015, 3, 23)],
    ['D:2015', pdfDate, null],
    ['D:20151323', pdfDate, null],
    ['Mon Mar 23 2015', pdfDate, null],
    ['Mon, 23 Mar 2015 09:00:00 +0900 (JST)', mailDate, at('2015-03-23T00:00:00Z')],
    ['23 Mar 15 00:00 GMT', mailDate, at('2015-03-23T00:00:00Z')],
    ['Mon, 23 March 2015 09:00:00 JST', mailDate, at('2015-03-23T00:00:00Z')],
    ['23-Mar-2015 00:00:00 XYZ', mailDate, at('2015-03-23T00:00:00Z')],
    ['23 Mar 115 00:00:00 -0000', mailDate, at('2015-03-23T00:00:00Z')],
    ['30 Feb 2015 00:00:00 +0000', mailDate, null],
    ['23 Foo 2015 00:00:00 +0000', mailDate, null],
    ['', mailDate, null],
    [' '.repeat(100_000), mailDate, null],
  ])('%.60s', (text, read, expected) => {
    expect(read(text)).toBe(expected);
  });
});
