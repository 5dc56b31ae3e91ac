/** A workbook of any number of rows × 12 columns as Excel saves it: shared strings after the sheets, dates as serial numbers in a Japanese format. Each row is one person's record with all four kinds. */
import { serial } from './notations.mjs';
import { address, createCrowd, hyphened } from './people.mjs';
import { writeLargeZip } from './write-large-zip.mjs';
import { columnName, escapeXml, writeXlsx } from './write-xlsx.mjs';

const HEADER = [
  'No.',
  '基礎年金番号',
  '氏名',
  'カナ氏名',
  '性別',
  '生年月日',
  '郵便番号',
  '住所',
  '電話番号',
  '資格取得年月日',
  '種別',
  '標準報酬',
];
const FORMAT = '[$-411]ggge"年"m"月"d"日"';
const ROWS_A_PIECE = 2_000;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Row `at` of the table: people of a crowd come again and again, with a pension number of their own each time. */
export function largeRow(crowd, at) {
  const person = { ...crowd[at % crowd.length], number: `${2100 + (at % 30)}${String(at + 1).padStart(6, '0')}` };
  const place = { ...person, rest: `${(at % 4) + 1}-${(at % 29) + 1}-${(at % 97) + 1}` };
  return [
    at + 1,
    hyphened(person),
    person.name,
    `${person.familyKana} ${person.givenKana}`,
    at % 2 ? '男' : '女',
    { date: serial(person.birth) },
    person.postcode,
    address(place),
    person.phone,
    { date: 40000 + (at % 4000) },
    `第${(at % 3) + 1}号`,
    98000 + (at % 50) * 2000,
  ];
}

/** Writes `rows` people to `file`. */
export function makeLargeWorkbook(file, rows) {
  const crowd = createCrowd(900).people(400);
  const strings = new Map();
  const shared = (text) => {
    if (!strings.has(text)) strings.set(text, strings.size);
    return strings.get(text);
  };
  const columns = HEADER.map((_, at) => columnName(at));
  const cell = (value, column, row) => {
    const at = `r="${columns[column]}${row}"`;
    if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`;
    if (typeof value === 'object') return `<c ${at} s="1"><v>${value.date}</v></c>`;
    return `<c ${at} t="s"><v>${shared(value)}</v></c>`;
  };
  const rowXml = (values, row) => `<row r="${row}">${values.map((value, column) => cell(value, column, row)).join('')}</row>`;
  function* sheet() {
    yield `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="A1:L${rows + 1}"/><sheetData>${rowXml(HEADER, 1)}`;
    for (let from = 0; from < rows; from += ROWS_A_PIECE) {
      let piece = '';
      for (let at = from; at < Math.min(rows, from + ROWS_A_PIECE); at++) piece += rowXml(largeRow(crowd, at), at + 2);
      yield piece;
    }
    yield '</sheetData></worksheet>';
  }
  function* sharedStrings() {
    yield `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`;
    let piece = '';
    for (const text of strings.keys()) {
      piece += `<si><t>${escapeXml(text)}</t></si>`;
      if (piece.length < 262_144) continue;
      yield piece;
      piece = '';
    }
    yield `${piece}</sst>`;
  }
  writeLargeZip(file, [...frameOf(), ['xl/worksheets/sheet1.xml', sheet()], ['xl/sharedStrings.xml', sharedStrings()]]);
}

/** Everything of a workbook but its sheet and strings, as the writer of small workbooks makes it; its format is style 1. */
function frameOf() {
  const small = writeXlsx([{ name: '名簿', rows: [[{ value: 1, format: FORMAT }]] }], { store: true });
  const parts = [];
  for (let at = 0; small.readUInt32LE(at) === 0x04034b50; ) {
    const [size, nameLength] = [small.readUInt32LE(at + 18), small.readUInt16LE(at + 26)];
    const name = small.toString('utf8', at + 30, at + 30 + nameLength);
    const body = at + 30 + nameLength;
    if (!/sheet1\.xml$|sharedStrings/.test(name)) parts.push([name, [small.toString('utf8', body, body + size)]]);
    at = body + size;
  }
  return parts;
}
