/** Workbooks with a marker in each place: the parts that xlsx, xlsm and xlsb share, and the sheets of each. */
import { writeCfb } from '../write-cfb.mjs';
import { marginsOf } from './places.mjs';
import {
  chartXml,
  DRAWING,
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
import { bookStrays, described, formulaCell, markupStrays, sheetStrays } from './strays.mjs';
import { plantSmallDoc, plantSmallDocx } from './word.mjs';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SHEET = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing';
const CELLS = ['cell', 'cell in a hidden row', 'cell in a hidden column', 'cell with its text inside'];

const anchor = (content) =>
  `<xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>6</xdr:row></xdr:to>${content}<xdr:clientData/></xdr:twoCellAnchor>`;
const shape = (text, space = 'xdr') =>
  `<${space}:sp><${space}:nvSpPr><${space}:cNvPr id="2" name="n"/></${space}:nvSpPr><${space}:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></${space}:txBody></${space}:sp>`;

/** What hangs on the first sheet and on the book, written as XML in all three formats. */
function sharedParts(planting, extension) {
  const mark = (place, options) => planting.mark(place, options);
  const chart = (number) => [`../charts/chart${number}.xml`, `xl/charts/chart${number}.xml`];
  return {
    'xl/drawings/drawing1.xml': `${HEAD}<xdr:wsDr xmlns:xdr="${SHEET}" ${DRAWING}>${anchor(shape(mark('text box')))}${anchor(`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="図" ${described(mark)}></xdr:cNvPr></xdr:nvPicPr></xdr:pic>`)}${anchor(`<xdr:grpSp>${shape(mark('shape in a group'))}</xdr:grpSp>`)}</xdr:wsDr>`,
    'xl/drawings/_rels/drawing1.xml.rels': relations([
      ['chart', chart(1)[0]],
      ['diagramData', '../diagrams/data1.xml'],
    ]),
    [chart(1)[1]]: chartXml(
      mark('chart: cached values', { copy: true }),
      mark('chart: title', { copy: true }),
      '<c:userShapes r:id="r1"/>',
    ),
    'xl/charts/_rels/chart1.xml.rels': relations([['chartUserShapes', '../drawings/drawing9.xml']]),
    'xl/drawings/drawing9.xml': `${HEAD}<c:userShapes xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing" ${DRAWING}><cdr:relSizeAnchor>${shape(mark('chart: text box'), 'cdr')}</cdr:relSizeAnchor></c:userShapes>`,
    'xl/diagrams/data1.xml': diagramXml(mark('diagram')),
    'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape type="#_x0000_t202"><v:textbox><div>${mark('text box of an older sort')}</div></v:textbox></v:shape></xml>`,
    'xl/threadedComments/threadedComment1.xml': `${HEAD}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="C3" personId="{1}" id="{2}"><text>${mark('threaded comment')}</text></threadedComment></ThreadedComments>`,
    'xl/persons/person.xml': `${HEAD}<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="${mark('threaded comment: author')}" id="{1}"/></personList>`,
    'xl/revisions/revisionLog1.xml': `${HEAD}<revisions xmlns="${MAIN}"><rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>${mark('log of changes: former cell', { copy: true })}</t></is></oc></rcc></revisions>`,
    'xl/embeddings/Microsoft_Word_Document1.docx': plantSmallDocx(mark('embedded document')),
    ...officeProperties(planting),
    ...bookStrays(mark),
    'xl/worksheets/_rels/sheet1.EXT.rels': relations([
      ['drawing', '../drawings/drawing1.xml'],
      ['vmlDrawing', '../drawings/vmlDrawing1.vml'],
      ['threadedComment', '../threadedComments/threadedComment1.xml'],
      ['comments', `../comments1.${extension}`],
    ]),
  };
}

const STATES = [
  ['普通', ''],
  ['隠し', 'hidden'],
  ['深隠し', 'veryHidden'],
];

function bookParts(extension, sheets) {
  return {
    '_rels/.rels': relations([['officeDocument', `xl/workbook.${extension}`]]),
    [`xl/_rels/workbook.${extension}.rels`]: relations([
      ...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.${extension}`]),
      ['sharedStrings', `sharedStrings.${extension}`],
      ['pivotCacheDefinition', `pivotCache/pivotCacheDefinition1.${extension}`],
      ['externalLink', `externalLinks/externalLink1.${extension}`],
    ]),
    [`xl/pivotCache/_rels/pivotCacheDefinition1.${extension}.rels`]: relations([['pivotCacheRecords', `pivotCacheRecords1.${extension}`]]),
  };
}

/** `format`: xlsx or xlsm. */
export function plantXlsx(format) {
  const planting = new Planting(format);
  const mark = (place, options) => planting.mark(place, options);
  const shared = CELLS.slice(0, 3).map((place) => mark(place));
  const states = STATES.slice(1).map(([, state]) => mark(`cell of a ${state === 'hidden' ? 'hidden' : 'very hidden'} sheet`));
  const inline = (ref, text) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const margins = marginsOf(planting);
  const sheetXml = (rows, rest = '') => `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${rows}${rest}</worksheet>`;
  const rows = `<cols><col min="4" max="4" width="9" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="D1" t="s"><v>2</v></c>${inline('E1', mark(CELLS[3]))}</row><row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c></row><row r="3"><c r="A3" t="str"><f>A1</f><v>${mark('result of a formula')}</v></c></row>${formulaCell(mark)}</sheetData>`;
  const prompts = `<dataValidations count="1"><dataValidation type="list" prompt="${mark('prompt of a cell')}" sqref="A9"><formula1>"${mark('list of allowed values')},x"</formula1></dataValidation></dataValidations>`;
  const headerFooter = `<headerFooter differentOddEven="1" differentFirst="1">${Object.entries(margins)
    .map(([name, text]) => `<${name}>&amp;L&amp;"-,Bold"${text}</${name}>`)
    .join('')}</headerFooter>`;
  const parts = {
    ...bookParts('xml', STATES),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${STATES.map(([name, state], at) => `<sheet name="${name}" sheetId="${at + 1}"${state && ` state="${state}"`} r:id="r${at + 1}"/>`).join('')}</sheets><definedNames><definedName name="${mark('defined name')}">S!$A$1</definedName><definedName name="n" hidden="1">"${mark('defined name: its text')}"</definedName></definedNames></workbook>`,
    'xl/worksheets/sheet1.xml': sheetXml(rows, sheetStrays(mark) + prompts + headerFooter),
    'xl/worksheets/sheet2.xml': sheetXml(`<sheetData><row r="1">${inline('A1', states[0])}</row></sheetData>`),
    'xl/worksheets/sheet3.xml': sheetXml(`<sheetData><row r="1">${inline('A1', states[1])}</row></sheetData>`),
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${shared.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/comments1.xml': `${HEAD}<comments xmlns="${MAIN}"><authors><author>${mark('comment: author')}</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>${mark('comment')}</t></r></text></comment></commentList></comments>`,
    'xl/pivotCache/pivotCacheDefinition1.xml': `${HEAD}<pivotCacheDefinition xmlns="${MAIN}"><cacheFields><cacheField name="${mark('pivot cache: field', { copy: true })}"><sharedItems><s v="${mark('pivot cache: shared value', { copy: true })}"/></sharedItems></cacheField><cacheField name="x"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>`,
    'xl/pivotCache/pivotCacheRecords1.xml': `${HEAD}<pivotCacheRecords xmlns="${MAIN}"><r><x v="0"/><s v="${mark('pivot cache: row', { copy: true })}"/></r></pivotCacheRecords>`,
    'xl/externalLinks/externalLink1.xml': `${HEAD}<externalLink xmlns="${MAIN}"><externalBook><sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="B2" t="str"><v>${mark('cell of a linked workbook', { copy: true })}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>`,
    'xl/externalLinks/externalLink2.xml': `${HEAD}<externalLink xmlns="${MAIN}"><ddeLink ddeService="Excel" ddeTopic="${mark('DDE link: topic', { copy: true })}"><ddeItems><ddeItem name="${mark('DDE link: item', { copy: true })}"><values cols="2"><value t="str"><val>${mark('DDE link: value', { copy: true })}</val></value><value><val>1</val></value></values></ddeItem></ddeItems></ddeLink></externalLink>`,
    'xl/externalLinks/externalLink3.xml': `${HEAD}<externalLink xmlns="${MAIN}"><oleLink progId="Word.Document.8"><oleItems><oleItem name="${mark('OLE link: item', { copy: true })}"/></oleItems></oleLink></externalLink>`,
    ...sharedParts(planting, 'xml'),
    ...markupStrays(mark),
  };
  parts['xl/worksheets/_rels/sheet1.xml.rels'] = parts['xl/worksheets/_rels/sheet1.EXT.rels'];
  delete parts['xl/worksheets/_rels/sheet1.EXT.rels'];
  const kind =
    format === 'xlsm'
      ? 'application/vnd.ms-excel.sheet.macroEnabled.main+xml'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  // By this part, not by its content type, a workbook has macros.
  if (format === 'xlsm') parts['xl/vbaProject.bin'] = Buffer.alloc(16);
  return planting.file(writePackage(parts, [['xl/workbook.xml', kind]]));
}

/** A record of a binary part (MS-XLSB 2.1.4). */
function binary(type, ...pieces) {
  const content = Buffer.concat(pieces);
  const varint = (value) => (value < 128 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);
  return Buffer.concat([Buffer.from([...varint(type), ...varint(content.length)]), content]);
}
const counted = (text) => Buffer.concat([uint32(text.length), wide(text)]);

export function plantXlsb() {
  const planting = new Planting('xlsb');
  const mark = (place, options) => planting.mark(place, options);
  const row = (index, flags = 0) => binary(0, uint32(index), Buffer.alloc(7), uint16(flags), Buffer.alloc(4));
  const text = (column, value) => binary(6, uint32(column, 0), counted(value));
  const margins = Object.values(marginsOf(planting));
  const constant = mark('defined name: its text');
  const formula = Buffer.concat([Buffer.from([0x17]), uint16(constant.length), wide(constant)]);
  const prompts = [mark('prompt of a cell'), mark('list of allowed values')];
  const list = Buffer.concat([Buffer.from([0x17]), uint16(prompts[1].length), wide(prompts[1])]);
  const cells = CELLS.slice(0, 3).map((place) => mark(place));
  const parts = {
    ...bookParts('bin', STATES),
    'xl/workbook.bin': Buffer.concat([
      ...STATES.map(([name], at) => binary(156, uint32(at, at + 1), counted(`r${at + 1}`), counted(name))),
      binary(39, uint32(0), Buffer.from([0]), uint32(0xffffffff), counted(mark('defined name')), uint32(0, 0), uint32(0xffffffff)),
      binary(
        39,
        uint32(1),
        Buffer.from([0]),
        uint32(0xffffffff),
        counted('n'),
        uint32(formula.length),
        formula,
        uint32(0),
        uint32(0xffffffff),
      ),
    ]),
    'xl/worksheets/sheet1.bin': Buffer.concat([
      row(0),
      binary(7, uint32(0, 0, 0)),
      text(3, cells[2]),
      row(1, 0x10),
      text(0, cells[1]),
      row(2),
      binary(8, uint32(0, 0), counted(mark('result of a formula')), Buffer.alloc(6)),
      binary(
        64,
        uint32(3, 1),
        uint32(8, 8, 0, 0),
        uint32(0xffffffff, 0xffffffff, 0xffffffff),
        counted(prompts[0]),
        uint32(list.length),
        list,
        uint32(0, 0, 0),
      ),
      binary(161, Buffer.alloc(16)),
      binary(167, counted(mark('filter: value', { copy: true }))),
      binary(
        494,
        Buffer.alloc(16),
        uint32(0xffffffff),
        ...['place', 'tip', 'text'].map((of) => counted(mark(`link: ${of}`, { copy: true }))),
      ),
      binary(479, uint16(3), ...margins.map((margin) => counted(`&L${margin}`))),
    ]),
    'xl/worksheets/sheet2.bin': Buffer.concat([row(0), text(0, mark('cell of a hidden sheet'))]),
    'xl/worksheets/sheet3.bin': Buffer.concat([row(0), text(0, mark('cell of a very hidden sheet'))]),
    'xl/sharedStrings.bin': binary(19, Buffer.from([0]), counted(cells[0])),
    'xl/comments1.bin': Buffer.concat([
      binary(632, counted(mark('comment: author'))),
      binary(635, uint32(0, 1, 1, 1, 1), Buffer.alloc(16)),
      binary(637, Buffer.from([0]), counted(mark('comment'))),
    ]),
    'xl/pivotCache/pivotCacheDefinition1.bin': Buffer.concat([
      binary(183, Buffer.alloc(20), counted(mark('pivot cache: field', { copy: true }))),
      binary(189, Buffer.alloc(6)),
      binary(24, counted(mark('pivot cache: shared value', { copy: true }))),
      binary(190),
      binary(183, Buffer.alloc(20), counted('x')),
    ]),
    'xl/pivotCache/pivotCacheRecords1.bin': binary(33, uint32(0), counted(mark('pivot cache: row', { copy: true }))),
    'xl/externalLinks/externalLink1.bin': Buffer.concat([
      binary(363, Buffer.alloc(5)),
      binary(366, uint32(1)),
      binary(371, uint32(1), counted(mark('cell of a linked workbook', { copy: true }))),
      binary(364),
    ]),
    'xl/externalLinks/externalLink2.bin': Buffer.concat([
      binary(577, counted(mark('DDE link: item', { copy: true }))),
      binary(578, uint32(1, 2)),
      binary(582, counted(mark('DDE link: value', { copy: true }))),
      binary(580, Buffer.alloc(8)),
      binary(579),
      binary(587),
    ]),
    ...sharedParts(planting, 'bin'),
    'xl/tables/table1.bin': binary(347, uint32(1, 0, 0), counted(mark('table: column', { copy: true }))),
    'xl/connections.bin': binary(201, uint32(1, 5, 0), counted(mark('connection: name', { copy: true }))),
  };
  parts['xl/worksheets/_rels/sheet1.bin.rels'] = parts['xl/worksheets/_rels/sheet1.EXT.rels'];
  delete parts['xl/worksheets/_rels/sheet1.EXT.rels'];
  return planting.file(writePackage(parts, [['xl/workbook.bin', 'application/vnd.ms-excel.sheet.binary.macroEnabled.main']]));
}

/** A record of a workbook stream (MS-XLS 2.1.4). */
const biff = (type, ...pieces) => {
  const content = Buffer.concat(pieces);
  return Buffer.concat([uint16(type, content.length), content]);
};
const begin = (type) => biff(0x0809, uint16(0x0600, type, 0x0dbb, 0x07cc), uint32(0x41, 6));
const end = biff(0x000a);
const chars = (text) => Buffer.concat([Buffer.from([1]), wide(text)]);
const counted16 = (text) => Buffer.concat([uint16(text.length), chars(text)]);
const counted8 = (text) => Buffer.concat([Buffer.from([text.length]), chars(text)]);
/** Text of an object, in two pieces as a long one has them. */
const objectText = (sort, id, text) => [
  biff(0x005d, uint16(0x15, 0x12, sort, id, 0x6011), Buffer.alloc(12), uint16(0, 0)),
  biff(0x01b6, uint16(0x0212, 0, 0, 0, 0, text.length, 16, 0, 0)),
  biff(0x003c, chars(text.slice(0, 4))),
  biff(0x003c, chars(text.slice(4))),
  biff(0x003c, Buffer.alloc(16)),
];

/** Records that stand for no cell: links, filters, scenarios, shapes' properties. */
function oldStrays(mark) {
  const copy = { copy: true };
  const filter = mark('filter: value', copy);
  const [link, place] = [mark('link: text', copy), mark('link: place', copy)];
  const scenario = [
    mark('scenario: name', copy),
    mark('scenario: user', copy),
    mark('scenario: comment', copy),
    mark('scenario: value', copy),
  ];
  const ended = (text) => Buffer.concat([uint32(text.length + 1), wide(`${text}\0`)]);
  const condition = Buffer.concat([Buffer.from([6, 2]), uint32(0), Buffer.from([filter.length, 0, 0, 0])]);
  return [
    biff(0x009e, uint16(0, 0), condition, Buffer.alloc(10), chars(filter)),
    biff(0x01b8, uint16(0, 0, 0, 0), Buffer.alloc(16), uint32(2, 0x1c), ended(link), ended(place)),
    biff(0x0800, uint16(0x800, 0, 0, 0, 0), wide(`${mark('link: tip', copy)}\0`)),
    biff(
      0x00af,
      uint16(1),
      Buffer.from([0, 0, scenario[0].length, scenario[2].length, scenario[1].length]),
      chars(scenario[0]),
      counted16(scenario[1]),
      counted16(scenario[2]),
      uint16(0, 0),
      counted16(scenario[3]),
    ),
    biff(0x00ec, shapeTable(mark('alternative text'))),
    biff(0x005c, counted16(mark('author', copy))),
  ];
}

export function plantXls() {
  const planting = new Planting('xls');
  const mark = (place, options) => planting.mark(place, options);
  const label = (row, column, text) => biff(0x0204, uint16(row, column, 15), counted16(text));
  const margins = Object.values(marginsOf(planting));
  const constant = mark('defined name: its text');
  const prompt = mark('prompt of a cell');
  const name = (text, formula) =>
    biff(0x0018, uint16(0), Buffer.from([0, text.length]), uint16(formula.length, 0, 0), Buffer.alloc(4), chars(text), formula);
  const list = Buffer.concat([Buffer.from([0x17]), counted8(mark('list of allowed values'))]);
  const sheets = [
    [
      begin(0x10),
      biff(0x0014, counted16(`&L${margins[0]}`)),
      biff(0x0015, counted16(`&C${margins[1]}`)),
      biff(0x007d, uint16(3, 3, 2560, 15, 1, 0)),
      biff(0x0208, uint16(1, 0, 1, 255, 0, 0), uint32(0x0120)),
      label(0, 0, mark('cell')),
      label(1, 0, mark('cell in a hidden row')),
      label(0, 3, mark('cell in a hidden column')),
      biff(0x0006, uint16(2, 0, 15), Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]), uint16(0), uint32(0), uint16(0)),
      biff(0x0207, counted16(mark('result of a formula'))),
      ...objectText(0x06, 1, mark('text box')),
      ...objectText(0x1e, 2, mark('shape in a group')),
      ...objectText(0x19, 3, mark('comment')),
      biff(0x001c, uint16(1, 1, 0, 3), counted16(mark('comment: author')), Buffer.alloc(1)),
      ...oldStrays(mark),
      begin(0x20),
      biff(0x100d, uint16(0), counted8(mark('chart: title', { copy: true }))),
      biff(0x1065, uint16(2)),
      label(0, 0, mark('chart: cached values', { copy: true })),
      end,
      biff(
        0x089c,
        Buffer.alloc(28),
        uint16(3, ...margins.slice(2).map((text) => text.length + 2)),
        ...margins.slice(2).map((text) => counted16(`&L${text}`)),
      ),
      biff(
        0x01be,
        uint32(3),
        counted16(prompt),
        counted16('\0'),
        counted16('\0'),
        counted16('\0'),
        uint16(list.length, 0),
        list,
        uint16(0, 0),
      ),
      end,
    ],
    [begin(0x10), label(0, 0, mark('cell of a hidden sheet')), end],
    [begin(0x10), label(0, 0, mark('cell of a very hidden sheet')), end],
  ].map((records) => Buffer.concat(records));
  const globals = (offsets) =>
    Buffer.concat([
      begin(0x05),
      biff(0x0042, uint16(1200)),
      ...STATES.map(([sheet], at) => biff(0x0085, uint32(offsets[at]), Buffer.from([at, 0]), counted8(sheet))),
      name(names[0], Buffer.alloc(0)),
      name('n', Buffer.concat([Buffer.from([0x17]), counted8(constant)])),
      biff(0x01ae, uint16(1, 0x0401)),
      biff(0x0059, uint16(1, 0)),
      biff(0x005a, Buffer.from([0, 0]), uint16(0), Buffer.from([2]), counted16(linked)),
      biff(0x01ae, uint16(0), counted16(`Excel\x03${dde[2]}`)),
      biff(
        0x0023,
        uint16(2),
        uint32(0),
        counted8(dde[0]),
        Buffer.from([1]),
        uint16(0),
        Buffer.from([2]),
        counted16(dde[1]),
        Buffer.from([1]),
        Buffer.alloc(8),
      ),
      end,
    ]);
  const names = [mark('defined name')];
  const linked = mark('cell of a linked workbook', { copy: true });
  const dde = [mark('DDE link: item', { copy: true }), mark('DDE link: value', { copy: true }), mark('DDE link: topic', { copy: true })];
  let at = globals([0, 0, 0]).length;
  const offsets = sheets.map(({ length }) => {
    at += length;
    return at - length;
  });
  const field = (text, items) => biff(0x00c7, uint16(items, 0, 0, 0, 0, 0, 0), counted16(text));
  const pivot = Buffer.concat([
    field(mark('pivot cache: field', { copy: true }), 1),
    biff(0x00cd, counted16(mark('pivot cache: shared value', { copy: true }))),
    field('x', 0),
    biff(0x00c8, Buffer.from([0])),
    biff(0x00cd, counted16(mark('pivot cache: row', { copy: true }))),
    end,
  ]);
  const workbook = Buffer.concat([globals(offsets), ...sheets]);
  const streams = [
    ['Workbook', Buffer.concat([workbook, Buffer.alloc(Math.max(0, 4096 - workbook.length))])],
    ['_SX_DB_CUR/0001', pivot],
    [SUMMARY, propertySet({ 2: mark('property: title'), 6: mark('property: comment') })],
    ['\x05DocumentSummaryInformation', propertySet({ 14: mark('property: manager') })],
    ['MBD00000001/Package', plantSmallDocx(mark('embedded document'))],
    ...plantSmallDoc(mark('embedded document of an older sort')).map(([name, bytes]) => [`MBD00000002/${name}`, bytes]),
    ['Revision Log', Buffer.from(wide(mark('log of changes: former cell')))],
  ];
  return planting.file(writeCfb(streams));
}
