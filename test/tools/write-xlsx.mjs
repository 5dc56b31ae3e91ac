/** Writes workbooks as Excel lays them out (ECMA-376 part 1): shared and inline strings, numbers with formats, formulas with kept results, hidden sheets, merged cells, text boxes, comments. */
import { writeZip } from './write-zip.mjs';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
export const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** 0 → A, 26 → AA */
export function columnName(index) {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Collects shared strings and number formats while the sheets are written. */
function createTables() {
  const strings = new Map();
  const formats = ['0'];
  return {
    strings,
    formats,
    string(text) {
      if (!strings.has(text)) strings.set(text, strings.size);
      return strings.get(text);
    },
    style(format) {
      if (format === undefined) return 0;
      if (!formats.includes(String(format))) formats.push(String(format));
      return formats.indexOf(String(format));
    },
  };
}

/** A cell is a string, a number, or { value, format?, formula?, inline?, phonetic? }; `format` is a built-in id or a format code. */
function cellXml(cell, reference, tables) {
  if (cell === null || cell === undefined || cell === '') return '';
  const { value, format, formula, inline, phonetic } = typeof cell === 'object' ? cell : { value: cell };
  const style = tables.style(format);
  const attributes = `r="${reference}"${style ? ` s="${style}"` : ''}`;
  const made = formula ? `<f>${escapeXml(formula)}</f>` : '';
  if (typeof value === 'number') return `<c ${attributes}>${made}<v>${value}</v></c>`;
  const text = `<t xml:space="preserve">${escapeXml(value)}</t>`;
  if (formula) return `<c ${attributes} t="str">${made}<v>${escapeXml(value)}</v></c>`;
  if (inline) return `<c ${attributes} t="inlineStr"><is>${text}</is></c>`;
  // A reading in rPh is shown above the cell, it is no part of its text.
  const xml = phonetic ? `${text}<rPh sb="0" eb="${value.length}"><t>${escapeXml(phonetic)}</t></rPh>` : text;
  return `<c ${attributes} t="s"><v>${tables.string(xml)}</v></c>`;
}

function sheetXml(sheet, tables, first) {
  const from = sheet.from ?? { row: 1, column: 0 };
  const rows = sheet.rows.map((row, at) => {
    const number = from.row + at;
    const cells = row.map((cell, column) => cellXml(cell, columnName(from.column + column) + number, tables)).join('');
    return cells && `<row r="${number}">${cells}</row>`;
  });
  const merges = sheet.merges?.length
    ? `<mergeCells count="${sheet.merges.length}">${sheet.merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
    : '';
  const view = `<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0"/></sheetViews>`;
  const header = sheet.header ? `<headerFooter><oddHeader>${escapeXml(sheet.header)}</oddHeader></headerFooter>` : '';
  const drawing = sheet.textboxes ? '<drawing r:id="rId1"/>' : '';
  const comments = sheet.comments ? '<legacyDrawing r:id="rId3"/>' : '';
  return `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${RELS}">${view}<sheetData>${rows.join('')}</sheetData>${merges}${header}${drawing}${comments}</worksheet>`;
}

function stylesXml(formats) {
  const custom = formats.filter((format) => !/^\d+$/.test(format));
  const id = (format) => (/^\d+$/.test(format) ? format : 176 + custom.indexOf(format));
  const numFmts = custom.length
    ? `<numFmts count="${custom.length}">${custom.map((code) => `<numFmt numFmtId="${id(code)}" formatCode="${escapeXml(code)}"/>`).join('')}</numFmts>`
    : '';
  const xfs = formats
    .map((format) => `<xf numFmtId="${id(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
    .join('');
  const plain =
    '<fonts count="1"><font><sz val="11"/><name val="ＭＳ Ｐゴシック"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>';
  const base = '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>';
  return `${HEAD}<styleSheet xmlns="${MAIN}">${numFmts}${plain}${base}<cellXfs count="${formats.length}">${xfs}</cellXfs></styleSheet>`;
}

function drawingXml(textboxes) {
  const spots =
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
  const boxes = textboxes.map((lines, at) => {
    const text = lines.map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`).join('');
    const corner = (name, row) =>
      `<xdr:${name}><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
    const shape = `<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="${at + 2}" name="Box ${at}"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>${text}</xdr:txBody></xdr:sp>`;
    return `<xdr:twoCellAnchor>${corner('from', 4 + at * 6)}${corner('to', 9 + at * 6)}${shape}<xdr:clientData/></xdr:twoCellAnchor>`;
  });
  return `${HEAD}<xdr:wsDr ${spots}>${boxes.join('')}</xdr:wsDr>`;
}

const commentsXml = (comments) =>
  `${HEAD}<comments xmlns="${MAIN}"><authors><author/></authors><commentList>${Object.entries(comments)
    .map(([ref, text]) => `<comment ref="${ref}" authorId="0"><text><r><t xml:space="preserve">${escapeXml(text)}</t></r></text></comment>`)
    .join('')}</commentList></comments>`;

const relationsXml = (list) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELS}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** `sheets`: { name, rows, state?: 'hidden'|'veryHidden', from?: { row, column }, merges?, textboxes?, comments?: { ref: text }, header? }. `store` leaves entries unpacked. */
export function writeXlsx(sheets, { store = false } = {}) {
  const tables = createTables();
  const parts = new Map();
  const types = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ['/xl/sharedStrings.xml', 'sharedStrings'],
  ];
  sheets.forEach((sheet, at) => {
    const id = at + 1;
    types.push([`/xl/worksheets/sheet${id}.xml`, 'worksheet']);
    parts.set(`xl/worksheets/sheet${id}.xml`, sheetXml(sheet, tables, at === 0));
    const relations = [];
    if (sheet.textboxes) {
      relations.push(['rId1', 'drawing', `../drawings/drawing${id}.xml`]);
      parts.set(`xl/drawings/drawing${id}.xml`, drawingXml(sheet.textboxes));
    }
    if (sheet.comments) {
      relations.push(['rId2', 'comments', `../comments${id}.xml`], ['rId3', 'vmlDrawing', `../drawings/vml${id}.vml`]);
      types.push([`/xl/comments${id}.xml`, 'comments']);
      parts.set(`xl/comments${id}.xml`, commentsXml(sheet.comments));
      parts.set(`xl/drawings/vml${id}.vml`, '<xml xmlns:v="urn:schemas-microsoft-com:vml"/>');
    }
    if (relations.length) parts.set(`xl/worksheets/_rels/sheet${id}.xml.rels`, relationsXml(relations));
  });
  const kind = (type) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml`;
  const drawings = [...parts.keys()]
    .filter((name) => /drawing\d+\.xml$/.test(name))
    .map((name) => `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>`);
  const overrides = types.map(([name, type]) => `<Override PartName="${name}" ContentType="${kind(type)}"/>`);
  const defaults = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>`;
  const list = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escapeXml(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  );
  const shared = [...tables.strings.keys()].map((xml) => `<si>${xml}</si>`).join('');
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types">${defaults}${[...overrides, ...drawings].join('')}</Types>`,
    '_rels/.rels': relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsXml([
      ...sheets.map((_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`]),
      ['rId9001', 'styles', 'styles.xml'],
      ['rId9002', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    ...Object.fromEntries(parts),
    'xl/styles.xml': stylesXml(tables.formats),
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${tables.strings.size}">${shared}</sst>`,
  };
  return writeZip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text), store, office: true })));
}
