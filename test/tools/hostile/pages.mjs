/** PDFs whose objects hold themselves, whose tables lie, and whose streams do not end. */
import { deflateSync } from 'node:zlib';

const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const SHOWN = 'BT /F 12 Tf 50 700 Td (1234-567890) Tj ET';
const stream = (content, more = '') => `<< /Length ${content.length} ${more} >>\nstream\n${content}\nendstream`;

/** Catalog, page tree, page, content, font; `objects` replaces or adds by number. */
function pdf(objects = {}, { trailer = '', startxref, header = '%PDF-1.7\n', xref = true } = {}) {
  const all = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    3: PAGE,
    4: stream(SHOWN),
    5: FONT,
    ...objects,
  };
  const pieces = [Buffer.from(header, 'latin1')];
  let at = pieces[0].length;
  const offsets = [];
  for (const [number, body] of Object.entries(all)) {
    const bytes = Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body, 'latin1'), Buffer.from('\nendobj\n')]);
    offsets[number] = at;
    at += bytes.length;
    pieces.push(bytes);
  }
  const count = offsets.length;
  const table = Array.from(
    { length: count },
    (_, number) => `${String(offsets[number] ?? 0).padStart(10, '0')} 00000 ${offsets[number] === undefined ? 'f' : 'n'} \n`,
  );
  if (xref) pieces.push(Buffer.from(`xref\n0 ${count}\n${table.join('')}`));
  pieces.push(
    Buffer.from(
      `trailer\n<< /Size ${count} /Root 1 0 R ${trailer.replaceAll('XREF', String(at))} >>\nstartxref\n${startxref ?? at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

const flate = (bytes, times = 1, more = '') => {
  let packed = bytes;
  for (let at = 0; at < times; at++) packed = deflateSync(packed, { level: 9 });
  const filters = Array(times).fill('/FlateDecode').join(' ');
  return Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter [${filters}] ${more} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
};
const zeros = (mb) => Buffer.alloc(mb * 1048576, 0x20);

/** A PDF in a PDF in a PDF, as attachments. */
function nestedAttachments(depth) {
  let inner = pdf();
  for (let at = 0; at < depth; at++) {
    const content = inner.toString('latin1');
    inner = pdf({
      1: '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(next.pdf) 6 0 R] >> >> >>',
      6: '<< /Type /Filespec /F (next.pdf) /EF << /F 7 0 R >> >>',
      7: stream(content, '/Type /EmbeddedFile'),
    });
  }
  return inner;
}

export const pages = {
  'tree-in-a-ring.pdf': ['damaged', () => pdf({ 2: '<< /Type /Pages /Count 1 /Kids [2 0 R] >>' })],
  'tree-in-a-long-ring.pdf': [
    'damaged',
    () =>
      pdf({
        2: '<< /Type /Pages /Count 9 /Kids [6 0 R 3 0 R] >>',
        6: '<< /Type /Pages /Count 9 /Parent 2 0 R /Kids [7 0 R] >>',
        7: '<< /Type /Pages /Count 9 /Kids [2 0 R] >>',
      }),
  ],
  // The pages that are there are read, whatever their number is said to be.
  'count-2g.pdf': [['', 'too-large'], () => pdf({ 2: '<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>' })],
  'count-negative.pdf': [['damaged', ''], () => pdf({ 2: '<< /Type /Pages /Count -1 /Kids [3 0 R] >>' })],
  'parent-of-itself.pdf': ['', () => pdf({ 3: PAGE.replace('/Parent 2 0 R', '/Parent 3 0 R') })],
  'pages-25000.pdf': ['too-large', () => pdf({ 2: `<< /Type /Pages /Count 25000 /Kids [${'3 0 R '.repeat(25_000)}] >>` })],
  'xref-ring.pdf': [['', 'damaged'], () => pdf({}, { trailer: '/Prev XREF' })],
  'xref-outside.pdf': [['', 'damaged'], () => pdf({}, { startxref: 99_999_999_999 })],
  'size-2g.pdf': [['', 'damaged'], () => pdf({}, { trailer: '/Size 2147483647' })],
  'no-root.pdf': ['damaged', () => Buffer.from(pdf().toString('latin1').replace('/Root 1 0 R', ''), 'latin1')],
  'no-xref.pdf': [['', 'damaged'], () => pdf({}, { xref: false, startxref: 0 })],
  'length-of-itself.pdf': [['', 'damaged', 'needs-ocr'], () => pdf({ 4: `<< /Length 4 0 R >>\nstream\n${SHOWN}\nendstream` })],
  'length-2g.pdf': [['', 'damaged', 'needs-ocr'], () => pdf({ 4: `<< /Length 2147483647 >>\nstream\n${SHOWN}\nendstream` })],
  'length-ring.pdf': [
    ['', 'damaged', 'needs-ocr'],
    () => pdf({ 4: `<< /Length 6 0 R >>\nstream\n${SHOWN}\nendstream`, 6: '7 0 R', 7: '6 0 R' }),
  ],
  'arrays-deep.pdf': [
    ['', 'damaged'],
    () => pdf({ 6: '['.repeat(200_000) + ']'.repeat(200_000), 3: PAGE.replace('/Type', '/X 6 0 R /Type') }),
  ],
  'dictionaries-deep.pdf': [
    ['', 'damaged'],
    () => pdf({ 6: `${'<< /A '.repeat(100_000)} 1 ${'>>'.repeat(100_000)}`, 3: PAGE.replace('/Type', '/X 6 0 R /Type') }),
  ],
  'content-bomb.pdf': [['too-large', 'damaged', 'needs-ocr', 'timed-out', 'out-of-memory'], () => pdf({ 4: flate(zeros(300)) })],
  'content-bomb-twice.pdf': [['too-large', 'damaged', 'needs-ocr', 'timed-out', 'out-of-memory'], () => pdf({ 4: flate(zeros(900), 2) })],
  'hundred-bombs.pdf': [
    ['too-large', 'damaged', 'needs-ocr', 'timed-out', 'out-of-memory'],
    () => {
      const bomb = flate(zeros(90), 2);
      const list = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [at + 10, bomb]));
      return pdf({
        ...list,
        3: PAGE.replace(
          '4 0 R',
          `[${Object.keys(list)
            .map((number) => `${number} 0 R`)
            .join(' ')} 4 0 R]`,
        ),
      });
    },
  ],
  'operators-5m.pdf': [
    ['', 'needs-ocr', 'timed-out', 'out-of-memory'],
    () => pdf({ 4: flate(Buffer.from('q '.repeat(2_500_000) + 'Q '.repeat(2_500_000))) }),
  ],
  'text-3m-characters.pdf': [
    ['too-large', 'out-of-memory', 'timed-out'],
    () => pdf({ 4: flate(Buffer.from(`BT /F 1 Tf ${'(1234-567890 1234-567890) Tj '.repeat(150_000)} ET`)) }),
  ],
  'form-draws-itself.pdf': [
    ['', 'timed-out', 'too-large', 'out-of-memory'],
    () =>
      pdf({
        3: PAGE.replace('/Font', '/XObject << /X 6 0 R >> /Font'),
        4: stream(`${SHOWN} /X Do`),
        6: stream('/X Do /X Do', '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>'),
      }),
  ],
  'forms-doubling.pdf': [
    ['', 'timed-out', 'too-large', 'out-of-memory'],
    () => {
      const forms = Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [
          at + 10,
          stream('/X Do /X Do', `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${at + 11} 0 R >> >>`),
        ]),
      );
      return pdf({
        ...forms,
        50: stream('q Q', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
        3: PAGE.replace('/Font', '/XObject << /X 10 0 R >> /Font'),
        4: stream(`${SHOWN} /X Do`),
      });
    },
  ],
  'glyph-draws-itself.pdf': [
    ['', 'damaged', 'needs-ocr'],
    () =>
      pdf({
        5: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 49 /LastChar 49 /Widths [1] /Encoding << /Differences [49 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>',
        6: stream('BT /F 1 Tf (1) Tj ET'),
      }),
  ],
  'map-uses-itself.pdf': [
    ['', 'damaged', 'needs-ocr'],
    () =>
      pdf({
        5: '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 6 0 R /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>',
        6: stream(
          '/A usecmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange',
          '/UseCMap 6 0 R',
        ),
      }),
  ],
  'box-giant.pdf': ['', () => pdf({ 3: PAGE.replace('[0 0 595 842]', '[-1e30 -1e30 1e30 1e30]') })],
  'outlines-in-a-ring.pdf': [
    '',
    () =>
      pdf({ 1: '<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>', 6: '<< /First 6 0 R /Last 6 0 R /Next 6 0 R /Title (a) /Count 1 >>' }),
  ],
  'names-in-a-ring.pdf': [
    '',
    () => pdf({ 1: '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 6 0 R >> >>', 6: '<< /Kids [6 0 R 6 0 R] >>' }),
  ],
  'fields-in-a-ring.pdf': [
    '',
    () =>
      pdf({
        1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>',
        6: '<< /T (a) /V (b) /Kids [6 0 R 6 0 R] /Parent 6 0 R >>',
      }),
  ],
  'notes-200000.pdf': [
    ['', 'too-large'],
    () =>
      pdf({
        3: PAGE.replace('/Type', `/Annots [${'6 0 R '.repeat(200_000)}] /Type`),
        6: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (1234-567890) >>',
      }),
  ],
  'picture-giant.pdf': [
    ['', 'needs-ocr'],
    () =>
      pdf({
        3: PAGE.replace('/Font', '/XObject << /X 6 0 R >> /Font'),
        4: stream(`${SHOWN} 500 0 0 500 0 0 cm /X Do`),
        6: stream('x', '/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceRGB /BitsPerComponent 16'),
      }),
  ],
  'objects-in-themselves.pdf': [
    ['', 'damaged'],
    () => pdf({ 6: stream('6 0 7 0 ', '/Type /ObjStm /N 2000000000 /First 8 /Extends 6 0 R') }),
  ],
  'objects-300000.pdf': ['', () => pdf(Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [at + 6, 'null'])))],
  // PDFium opens it: its content stands in the clear and is read.
  'encrypt-is-itself.pdf': [['', 'damaged', 'encrypted'], () => pdf({ 6: '6 0 R' }, { trailer: '/Encrypt 6 0 R /ID [<00> <00>]' })],
  'encrypt-cut.pdf': [
    ['damaged', 'encrypted'],
    () => pdf({ 6: '<< /Filter /Standard /V 5 /R 6 /Length 256 /U (a) /O (b) /P -1 >>' }, { trailer: '/Encrypt 6 0 R /ID [<00> <00>]' }),
  ],
  'encrypt-r99.pdf': [
    ['encrypted', 'damaged', 'unsupported'],
    () => pdf({ 6: '<< /Filter /Standard /V 99 /R 99 /Length 99999 /U (a) /O (b) /P -1 >>' }, { trailer: '/Encrypt 6 0 R' }),
  ],
  'attachments-8-deep.pdf': ['too-deep', () => nestedAttachments(8)],
  'cut.pdf': ['damaged', () => pdf().subarray(0, 120)],
  'only-header.pdf': ['damaged', () => Buffer.from('%PDF-1.7\n')],
  'header-then-zeros.pdf': ['damaged', () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 1048576)])],
  'brackets-20mb.pdf': ['damaged', () => Buffer.from(`%PDF-1.7\n${'<<['.repeat(7_000_000)}`)],
};
