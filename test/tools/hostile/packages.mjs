/** Office packages (zip with XML inside) that are endless, deep, wide, or point where nothing should be read. */

import { crc32, deflateRawSync } from 'node:zlib';
import { packedZeros, rawZip } from './raw-zip.mjs';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const TYPES = (override) =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override}</Types>`;
const rels = (...list) =>
  `<Relationships xmlns="${PACKAGE}">${list.map(([type, target, more = ''], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"${more}/>`).join('')}</Relationships>`;

/** `A billion laughs`: ten levels of ten. */
const LAUGHS = `<!DOCTYPE a [<!ENTITY e0 "ha">${Array.from({ length: 10 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')}]>`;
const EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:9/x.dtd"> %y;]>';

const asEntries = (parts) =>
  Object.entries(parts).map(([name, data]) => (Buffer.isBuffer(data) || typeof data === 'string' ? { name, data } : { name, ...data }));

function workbook(sheetData, { sheets, strings = '', parts = {}, prolog = '', tail = '' } = {}) {
  const list = sheets ?? '<sheet name="S" sheetId="1" r:id="rId1"/>';
  return rawZip(
    asEntries({
      '[Content_Types].xml': TYPES(''),
      '_rels/.rels': rels(['officeDocument', 'xl/workbook.xml']),
      'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': rels(['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml']),
      'xl/worksheets/sheet1.xml':
        typeof sheetData === 'string'
          ? `${prolog}<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData>${tail}</worksheet>`
          : sheetData,
      'xl/sharedStrings.xml': typeof strings === 'string' ? `<sst xmlns="${MAIN}">${strings}</sst>` : strings,
      ...parts,
    }),
  );
}

function document(body, { prolog = '', parts = {} } = {}) {
  return rawZip(
    asEntries({
      '[Content_Types].xml': TYPES(
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
      ),
      '_rels/.rels': rels(['officeDocument', 'word/document.xml']),
      'word/document.xml': typeof body === 'string' ? `${prolog}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>` : body,
      ...parts,
    }),
  );
}

const ODF_SPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';
function openDocument(kind, body, prolog = '') {
  const content = `${prolog}<office:document-content ${ODF_SPACES}><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`;
  return rawZip(asEntries({ mimetype: { method: 0, data: `application/vnd.oasis.opendocument.${kind}` }, 'content.xml': content }));
}

/** A part of `sizeMb` of the same XML piece, packed once. */
function longPart(before, piece, after, sizeMb) {
  const data = Buffer.concat([
    Buffer.from(before),
    Buffer.from(piece.repeat(Math.ceil((sizeMb * 1048576) / piece.length))),
    Buffer.from(after),
  ]);
  return { packed: deflateRawSync(data, { level: 9 }), crc: crc32(data), statedBytes: data.length };
}

const nested = (tag, times, inside = '') => `<${tag}>`.repeat(times) + inside + `</${tag}>`.repeat(times);
const cell = (ref, value = '1') => `<c r="${ref}"><v>${value}</v></c>`;
const paragraph = '<w:p><w:r><w:t>架空 太郎</w:t></w:r></w:p>';

export const packages = {
  'sheet-of-zeros.xlsx': ['too-large', () => workbook(packedZeros(400))],
  'sheet-bomb.xlsx': [
    'too-large',
    () => workbook(longPart(`<worksheet xmlns="${MAIN}"><sheetData>`, '<row><c><v>1</v></c></row>', '</sheetData></worksheet>', 300)),
  ],
  'strings-bomb.xlsx': [
    'too-large',
    () =>
      workbook('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', {
        strings: longPart(`<sst xmlns="${MAIN}">`, `<si><t>${'x'.repeat(1000)}</t></si>`, '</sst>', 300),
      }),
  ],
  'string-of-200mb.xlsx': [
    'too-large',
    () =>
      workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
        strings: longPart(`<sst xmlns="${MAIN}"><si><t>`, 'xyzw', '</t></si></sst>', 200),
      }),
  ],
  'dimension-giant.xlsx': [
    '',
    () => workbook(`<row r="1">${cell('A1')}</row>`, { tail: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' }),
  ],
  'cell-at-the-end.xlsx': ['', () => workbook(`<row r="1048576">${cell('XFD1048576')}</row>`)],
  'cell-beyond-the-end.xlsx': ['damaged', () => workbook(`<row r="4294967295">${cell('ZZZZZZZ99999999999')}</row>`)],
  'columns-million.xlsx': ['too-large', () => workbook(`<row r="1">${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`)],
  'rows-scattered.xlsx': [
    '',
    () => workbook(Array.from({ length: 1000 }, (_, at) => `<row r="${at * 1048 + 1}">${cell(`XFD${at * 1048 + 1}`)}</row>`).join('')),
  ],
  'sheets-50000.xlsx': [
    'too-large',
    () =>
      workbook('', {
        sheets: Array.from({ length: 50_000 }, (_, at) => `<sheet name="S${at}" sheetId="${at + 1}" r:id="rId1"/>`).join(''),
      }),
  ],
  'one-sheet-2000-times.xlsx': [
    '',
    () =>
      workbook(`<row r="1">${cell('A1')}</row>`, {
        sheets: Array.from({ length: 2_000 }, (_, at) => `<sheet name="S${at}" sheetId="${at + 1}" r:id="rId1"/>`).join(''),
      }),
  ],
  'laughs.xlsx': ['damaged', () => workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>&e10;</t></is></c></row>', { prolog: LAUGHS })],
  'external-entity.xlsx': [
    'damaged',
    () => workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>', { prolog: EXTERNAL }),
  ],
  'deep.xlsx': [['too-deep', 'damaged'], () => workbook(nested('row', 100_000))],
  'string-index-4g.xlsx': [
    'damaged',
    () => workbook('<row r="1"><c r="A1" t="s"><v>4294967295</v></c><c r="B1" t="s"><v>-1</v></c></row>'),
  ],
  'attribute-40mb.xlsx': ['too-large', () => workbook(`<row r="1" x="${'y'.repeat(40 * 1048576)}">${cell('A1')}</row>`)],
  'no-workbook.xlsx': [
    ['', 'damaged'],
    () =>
      rawZip(
        asEntries({
          '[Content_Types].xml': TYPES(''),
          '_rels/.rels': rels(['officeDocument', 'xl/workbook.xml']),
          'xl/styles.xml': '<a/>',
        }),
      ),
  ],
  'target-outside.xlsx': [
    'damaged',
    () =>
      workbook('', {
        parts: {
          'xl/_rels/workbook.xml.rels': rels(
            ['worksheet', '../../../../../../etc/passwd'],
            ['sharedStrings', 'file:///etc/passwd', ' TargetMode="External"'],
          ),
        },
      }),
  ],
  'relations-in-a-ring.xlsx': [
    '',
    () =>
      workbook(`<row r="1">${cell('A1')}</row>`, {
        parts: {
          'xl/worksheets/_rels/sheet1.xml.rels': rels(
            ['drawing', '../worksheets/sheet1.xml'],
            ['comments', '../drawings/d.xml'],
            ['drawing', '../drawings/d.xml'],
          ),
          'xl/drawings/d.xml': '<xdr:wsDr xmlns:xdr="x"/>',
          'xl/drawings/_rels/d.xml.rels': rels(['drawing', 'd.xml'], ['chart', 'd.xml'], ['worksheet', '../worksheets/sheet1.xml']),
        },
      }),
  ],
  'cut-in-a-tag.xlsx': ['damaged', () => workbook(Buffer.from(`<worksheet xmlns="${MAIN}"><sheetData><row r="1"><c r="A1`))],
  'deep.docx': ['too-deep', () => document(nested('w:tbl', 20_000, paragraph))],
  'deep-tables.docx': ['', () => document('<w:tbl><w:tr><w:tc>'.repeat(60) + paragraph + '</w:tc></w:tr></w:tbl>'.repeat(60))],
  'laughs.docx': ['damaged', () => document('<w:p><w:r><w:t>&e10;</w:t></w:r></w:p>', { prolog: LAUGHS })],
  'external-entity.docx': ['damaged', () => document('<w:p><w:r><w:t>&x;</w:t></w:r></w:p>', { prolog: EXTERNAL })],
  'document-bomb.docx': [
    'too-large',
    () => document(longPart(`<w:document xmlns:w="${WORD}"><w:body>`, '<w:p><w:r><w:t>a</w:t></w:r></w:p>', '</w:body></w:document>', 300)),
  ],
  'paragraph-60mb.docx': [
    ['too-large', ''],
    () =>
      document(
        longPart(
          `<w:document xmlns:w="${WORD}"><w:body><w:p>`,
          `<w:r><w:t>${'あいうえお'.repeat(200)}</w:t></w:r>`,
          '</w:p></w:body></w:document>',
          60,
        ),
      ),
  ],
  'cut.docx': ['damaged', () => document(Buffer.from(`<w:document xmlns:w="${WORD}"><w:body><w:p><w:r><w:t>abc`))],
  'docx-in-docx.docx': [
    'too-deep',
    () => {
      let inner = document(paragraph);
      for (let depth = 0; depth < 8; depth++)
        inner = document(paragraph, {
          parts: { 'word/embeddings/next.docx': inner, 'word/_rels/document.xml.rels': rels(['package', 'embeddings/next.docx']) },
        });
      return inner;
    },
  ],
  'slides-in-a-ring.pptx': [
    ['', 'damaged'],
    () =>
      rawZip(
        asEntries({
          '[Content_Types].xml': TYPES(
            '<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/>',
          ),
          '_rels/.rels': rels(['officeDocument', 'ppt/presentation.xml']),
          'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="${OFFICE}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`,
          'ppt/_rels/presentation.xml.rels': rels(['slide', 'slides/slide1.xml']),
          'ppt/slides/slide1.xml': '<p:sld xmlns:p="p" xmlns:a="a"><a:t>架空 太郎</a:t></p:sld>',
          'ppt/slides/_rels/slide1.xml.rels': rels(
            ['notesSlide', 'slide1.xml'],
            ['slide', 'slide1.xml'],
            ['slideLayout', '../presentation.xml'],
          ),
        }),
      ),
  ],
  'spaces-2g.odt': [
    ['', 'too-large', 'damaged'],
    () => openDocument('text', '<text:p>a<text:s text:c="2000000000"/>b</text:p>'.repeat(20)),
  ],
  'deep.odt': ['too-deep', () => openDocument('text', nested('text:section', 50_000, '<text:p>a</text:p>'))],
  'cells-repeated.odt': [
    ['', 'too-large', 'damaged'],
    () =>
      openDocument(
        'text',
        `<table:table><table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000"><text:p>架空 太郎</text:p></table:table-cell></table:table-row></table:table>`,
      ),
  ],
  'cells-repeated.ods': [
    ['too-large', 'damaged'],
    () =>
      openDocument(
        'spreadsheet',
        `<table:table table:name="a"><table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000"><text:p>架空 太郎</text:p></table:table-cell></table:table-row></table:table>`,
      ),
  ],
  'laughs.odt': ['damaged', () => openDocument('text', '<text:p>&e10;</text:p>', LAUGHS)],
  'laughs.ods': [
    ['damaged', ''],
    () =>
      openDocument(
        'spreadsheet',
        '<table:table table:name="a"><table:table-row><table:table-cell><text:p>&e10;</text:p></table:table-cell></table:table-row></table:table>',
        LAUGHS,
      ),
  ],
  'deep.fodt': [
    'too-deep',
    () =>
      Buffer.from(
        `<?xml version="1.0"?><office:document ${ODF_SPACES}><office:body>${nested('text:section', 50_000)}</office:body></office:document>`,
      ),
  ],
};
