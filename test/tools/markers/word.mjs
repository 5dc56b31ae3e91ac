/** Texts with a marker in each place: docx, doc, rtf. */
import { writeCfb } from '../write-cfb.mjs';
import {
  chartXml,
  diagramXml,
  HEAD,
  OFFICE,
  officeProperties,
  Planting,
  propertySet,
  relations,
  SUMMARY,
  shapeTable,
  uint16,
  uint32,
  wide,
  writePackage,
} from './planting.mjs';
import { documentParts, documentStrays } from './strays.mjs';

const SPACES = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`;
const run = (text, properties = '') => `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t>${text}</w:t></w:r>`;
const paragraph = (content) => `<w:p>${content}</w:p>`;
const part = (tag, content) => `${HEAD}<w:${tag} ${SPACES}>${content}</w:${tag}>`;
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** A document of one paragraph, to lie in others. */
export function plantSmallDocx(text) {
  return writePackage(
    {
      '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
      'word/document.xml': part('document', `<w:body>${paragraph(run(text))}</w:body>`),
    },
    [['word/document.xml', TYPE]],
  );
}

export function plantDocx() {
  const planting = new Planting('docx');
  const mark = (place, options) => planting.mark(place, options);
  const copy = { copy: true };
  const box = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="${mark('alternative text')}"/><wps:wsp><wps:txbx><w:txbxContent>${paragraph(run(mark('text box')))}</w:txbxContent></wps:txbx></wps:wsp></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`;
  const oldBox = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph(run(mark('text box of an older sort')))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
  const body = [
    paragraph(run(mark('text'))),
    paragraph(run(mark('hidden text'), '<w:vanish/>')),
    paragraph(
      `<w:del w:id="1" w:author="${mark('author of a change')}"><w:r><w:delText>${mark('tracked deletion', copy)}</w:delText></w:r></w:del>`,
    ),
    paragraph(`<w:moveFrom w:id="2" w:author="x">${run(mark('tracked move', copy))}</w:moveFrom>`),
    paragraph(`<w:ins w:id="3" w:author="x">${run(mark('tracked insertion'))}</w:ins>`),
    `<w:tbl><w:tr><w:tc>${paragraph(run(mark('cell of a table')))}</w:tc></w:tr></w:tbl>`,
    `<w:sdt><w:sdtContent>${paragraph(run(mark('content control')))}</w:sdtContent></w:sdt>`,
    paragraph(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(mark('result of a field'))}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    paragraph(`<w:r><w:ruby><w:rt>${run(mark('ruby'))}</w:rt><w:rubyBase>${run('山')}</w:rubyBase></w:ruby></w:r>`),
    paragraph(box + oldBox),
    documentStrays(mark),
  ];
  const story = (name, tag, content) => [`word/${name}.xml`, part(tag, content)];
  const parts = {
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/document.xml': part('document', `<w:body>${body.join('')}<w:sectPr/></w:body>`),
    'word/_rels/document.xml.rels': relations([
      ['header', 'header1.xml'],
      ['footer', 'footer1.xml'],
      ['footnotes', 'footnotes.xml'],
      ['endnotes', 'endnotes.xml'],
      ['comments', 'comments.xml'],
      ['glossaryDocument', 'glossary/document.xml'],
      ['chart', 'charts/chart1.xml'],
      ['aFChunk', 'chunk1.html'],
    ]),
    ...Object.fromEntries([
      story('header1', 'hdr', paragraph(run(mark('header')))),
      story('footer1', 'ftr', paragraph(run(mark('footer')))),
      story('footnotes', 'footnotes', `<w:footnote w:id="2">${paragraph(run(mark('footnote')))}</w:footnote>`),
      story('endnotes', 'endnotes', `<w:endnote w:id="2">${paragraph(run(mark('endnote')))}</w:endnote>`),
      story(
        'comments',
        'comments',
        `<w:comment w:id="1" w:author="${mark('comment: author')}">${paragraph(run(mark('comment')))}</w:comment>`,
      ),
      story(
        'glossary/document',
        'glossaryDocument',
        `<w:docParts><w:docPart><w:docPartBody>${paragraph(run(mark('building block')))}</w:docPartBody></w:docPart></w:docParts>`,
      ),
    ]),
    'word/charts/chart1.xml': chartXml(mark('chart: cached values', copy), mark('chart: title', copy)),
    ...documentParts(mark),
    'word/diagrams/data1.xml': diagramXml(mark('diagram')),
    'word/chunk1.html': `<html><body><p>${mark('attached chunk')}</p></body></html>`,
    'word/embeddings/Microsoft_Word_Document1.docx': plantSmallDocx(mark('embedded document')),
    ...officeProperties(planting),
  };
  return planting.file(writePackage(parts, [['word/document.xml', TYPE]]));
}

/** The streams of a Word 97 document of one paragraph, to lie in others. */
export function plantSmallDoc(text) {
  const TEXT = 2048;
  const encoded = wide(`${text}\r`);
  const document = Buffer.alloc(TEXT + encoded.length);
  encoded.copy(document, TEXT);
  uint16(0xa5ec, 0xc1).copy(document);
  document.writeUInt16LE(0x0200, 10);
  document.writeInt32LE(encoded.length / 2, 0x4c);
  const clx = Buffer.concat([Buffer.from([2]), uint32(16, 0, encoded.length / 2), uint16(0), uint32(TEXT), uint16(0)]);
  uint32(0, clx.length).copy(document, 0x9a + 33 * 8);
  return [
    ['WordDocument', document],
    ['1Table', clx],
  ];
}

/** A page of 512 bytes with the properties of the paragraphs (MS-DOC 2.9.175) or characters (2.9.33). */
function propertyPage(runs, paragraphs) {
  const page = Buffer.alloc(512);
  let at = 510;
  runs.forEach(({ start, end, content }, index) => {
    at = (at - content.length) & ~1;
    content.copy(page, at);
    page.writeUInt32LE(start, index * 4);
    page.writeUInt32LE(end, index * 4 + 4);
    page[(runs.length + 1) * 4 + index * (paragraphs ? 13 : 1)] = at / 2;
  });
  page[511] = runs.length;
  return page;
}

const counted = (text) => Buffer.concat([uint16(text.length), wide(text)]);
/** A list of strings (MS-DOC 2.2.4). */
const stringTable = (texts, extra = 0) =>
  Buffer.concat([uint16(0xffff, texts.length, extra), ...texts.flatMap((text) => [counted(text), Buffer.alloc(extra)])]);

/** Lists beside the text, by the number of their pair in the header. */
const docLists = (mark) => [
  [21, stringTable([mark('bookmark', { copy: true })])],
  [36, counted(mark('comment: author'))],
  [50, shapeTable(mark('alternative text'))],
  [51, stringTable(['Unknown', mark('author of a change')])],
  [60, Buffer.concat([stringTable([mark('variable: name')], 4), counted(mark('variable'))])],
];

/** A field of a form with a text, and one with choices (2.9.78). */
function formField(mark) {
  const copy = { copy: true };
  const ended = (text) => Buffer.concat([counted(text), uint16(0)]);
  const rest = [ended(''), ended(mark('form: help', copy)), ended(mark('form: status', copy)), ended(''), ended('')];
  const text = [uint32(0xffffffff), uint16(0, 0, 0), ended('T1'), ended(mark('form: default', copy)), ...rest];
  const choices = stringTable([mark('form: choice', copy)]);
  const list = [
    uint32(0xffffffff),
    uint16(2, 0, 0),
    ended('D1'),
    uint16(0),
    ended(''),
    ended('x'),
    ended(''),
    ended(''),
    ended(''),
    choices,
  ];
  return Buffer.concat([...text, ...list]);
}

export function plantDoc() {
  const planting = new Planting('doc');
  const mark = (place, options) => planting.mark(place, options);
  const TEXT = 2048;
  const cell = mark('cell of a table');
  const body = [
    mark('text'),
    '\r',
    cell,
    '\x07',
    '\x07',
    `\x13HYPERLINK "mailto:${mark('code of a field', { copy: true })}"\x14`,
    mark('result of a field'),
    '\x15\r',
  ];
  const hidden = [mark('hidden text'), '\r'];
  const deleted = [mark('tracked deletion', { copy: true }), '\r'];
  const main = [...body, ...hidden, ...deleted].join('');
  const stories = ['footnote', 'header', null, 'comment', 'endnote', 'text box', 'text box in a header'].map((place) =>
    place ? `${mark(place)}\r` : '',
  );
  const encoded = wide(main + stories.join(''));
  const place = (chars) => TEXT + chars * 2;
  const pages = Math.ceil((TEXT + encoded.length) / 512);
  const document = Buffer.alloc((pages + 2) * 512);
  encoded.copy(document, TEXT);
  const inTable = (extra) =>
    Buffer.concat([Buffer.from([0, 3]), uint16(0), Buffer.from(`162401${extra}`, 'hex'), Buffer.alloc(extra ? 0 : 3)].slice(0, 3));
  const from = main.indexOf(cell);
  const paragraphs = [
    { start: place(0), end: place(from), content: Buffer.from('000200000000', 'hex') },
    { start: place(from), end: place(from + cell.length + 1), content: inTable('') },
    {
      start: place(from + cell.length + 1),
      end: place(from + cell.length + 2),
      content: Buffer.concat([Buffer.from([0, 4]), uint16(0), Buffer.from('162401172401', 'hex')]),
    },
  ];
  propertyPage(paragraphs, true).copy(document, pages * 512);
  const lost = main.length - deleted.join('').length;
  const vanished = lost - hidden.join('').length;
  propertyPage(
    [
      { start: place(vanished), end: place(lost), content: Buffer.from('033c0801', 'hex') },
      { start: place(lost), end: place(main.length), content: Buffer.from('03000801', 'hex') },
    ],
    false,
  ).copy(document, (pages + 1) * 512);
  const clx = Buffer.concat([Buffer.from([2]), uint32(16, 0, encoded.length / 2), uint16(0), uint32(TEXT), uint16(0)]);
  const list = (page) => uint32(0, 0xffffffff, page);
  uint16(0xa5ec, 0xc1).copy(document);
  document.writeUInt16LE(0x0200, 10);
  [main.length, ...stories.map(({ length }) => length)].forEach((length, at) => {
    document.writeInt32LE(length, 0x4c + at * 4);
  });
  const pairs = [
    [33, 0, clx.length],
    [13, clx.length, 12],
    [12, clx.length + 12, 12],
  ];
  const lists = docLists(mark);
  let behind = clx.length + 24;
  for (const [pair, bytes] of lists) {
    pairs.push([pair, behind, bytes.length]);
    behind += bytes.length;
  }
  for (const [pair, offset, bytes] of pairs) uint32(offset, bytes).copy(document, 0x9a + pair * 8);
  return planting.file(
    writeCfb([
      ['WordDocument', document],
      ['1Table', Buffer.concat([clx, list(pages), list(pages + 1), ...lists.map(([, bytes]) => bytes)])],
      ['Data', formField(mark)],
      [SUMMARY, propertySet({ 2: mark('property: title'), 6: mark('property: comment') })],
      ['\x05DocumentSummaryInformation', propertySet({ 14: mark('property: manager') })],
      ['ObjectPool/_1/Package', plantSmallDocx(mark('embedded document'))],
      ...plantSmallDoc(mark('embedded document of an older sort')).map(([name, bytes]) => [`ObjectPool/_2/${name}`, bytes]),
    ]),
  );
}

export function plantRtf() {
  const planting = new Planting('rtf');
  const escaped = (text) => [...text].map((sign) => (sign < '\x80' ? sign : `\\u${sign.charCodeAt(0)}?`)).join('');
  const mark = (place, options) => escaped(planting.mark(place, options));
  const packed = plantSmallDocx(planting.mark('embedded document'));
  const text = (value) => Buffer.concat([uint32(value.length + 1), Buffer.from(`${value}\0`)]);
  // An OLE 1 object that holds a compound file (MS-OLEDS 2.2.5).
  const object = Buffer.concat([uint32(0x501, 2), text('Word.Document.12'), uint32(0, 0)]);
  const compound = writeCfb([['Package', packed]]);
  const data = Buffer.concat([object, uint32(compound.length), compound]).toString('hex');
  const parts = [
    `{\\info{\\title ${mark('property: title')}}{\\doccomm ${mark('property: comment')}}{\\manager ${mark('property: manager')}}}`,
    `{\\*\\docvar {n}{${mark('variable', { copy: true })}}}`,
    `{\\field{\\*\\fldinst {FORMTEXT }{\\*\\formfield{\\fftype0{\\*\\ffname n}{\\*\\ffdeftext ${mark('form: default', { copy: true })}}{\\*\\ffhelptext ${mark('form: help', { copy: true })}}{\\*\\ffstattext ${mark('form: status', { copy: true })}}{\\*\\ffl ${mark('form: choice', { copy: true })}}}}}{\\fldrslt ${mark('form: value')}}}\\par`,
    `{\\field{\\*\\fldinst HYPERLINK "mailto:${mark('code of a field', { copy: true })}"}{\\fldrslt x}}{\\xe {\\v ${mark('index mark', { copy: true })}}}{\\*\\bkmkstart ${mark('bookmark', { copy: true })}}\\par`,
    `{\\shp{\\*\\shpinst{\\sp{\\sn wzDescription}{\\sv ${mark('alternative text', { copy: true })}}}}}{\\header x{\\*\\revtbl {Unknown;}{${mark('author of a change')};}}}`,
    `{\\*\\userprops{\\propname ${mark('property: its name', { copy: true })}}\\proptype30{\\staticval ${mark('property: custom')}}}`,
    `{\\header ${mark('header')}\\par}{\\footer ${mark('footer')}\\par}{\\headerf ${mark('header of the first page')}\\par}`,
    `${mark('text')}\\par`,
    `{\\v ${mark('hidden text')}}\\par`,
    `{\\deleted ${mark('tracked deletion', { copy: true })}}\\par`,
    `x{\\footnote ${mark('footnote')}}{\\*\\atnauthor ${mark('comment: author')}}{\\*\\annotation ${mark('comment')}}\\par`,
    `{\\shp{\\*\\shpinst{\\shptxt ${mark('text box')}\\par}}}\\par`,
    `{\\field{\\*\\fldinst REF x}{\\fldrslt ${mark('result of a field')}}}\\par`,
    `\\trowd\\cellx999\\intbl ${mark('cell of a table')}\\cell\\row\\pard`,
    `{\\object\\objemb{\\*\\objdata ${data}}{\\result x}}\\par`,
  ];
  return planting.file(Buffer.from(`{\\rtf1\\ansi\\ansicpg932\\uc1${parts.join('\n')}}`));
}
