/** 適用グループ: tables whose header is split, missing or hidden, and text tables in every encoding that Japanese offices have used. */
import { csv, encodeText } from '../encode-text.mjs';
import { coded, lettered, packed, slashed, wareki } from '../notations.mjs';
import { address, createCrowd, hyphened, kana, longAddress } from '../people.mjs';
import { record, records } from '../truth.mjs';
import { writeXlsx } from '../write-xlsx.mjs';

const FOLDER = '適用グループ';
const fullWidth = (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

function twoHeaderRows() {
  const people = createCrowd(201).people(21);
  const head = [
    ['被保険者', '', '', '', '', '届出', ''],
    ['基礎年金番号', '', '氏', '名', '生年月日', '種別', '住所'],
  ];
  const rows = people.map((person) => [
    person.number.slice(0, 4),
    person.number.slice(4),
    person.family,
    person.given,
    slashed(person.birth),
    '取得',
    address(person),
  ]);
  const bytes = writeXlsx([{ name: '取得届', rows: [...head, ...rows], merges: ['A1:E1', 'F1:G1', 'A2:B2'] }]);
  return {
    path: `${FOLDER}/二段見出し.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(people, 'number name birth address'),
    note: 'two header rows; number split over two cells, family and given name apart',
  };
}

function noHeader() {
  const people = createCrowd(202).people(25);
  const rows = people.map((person) => [hyphened(person), `${person.family} ${person.given}`, lettered(person.birth), address(person)]);
  return {
    path: `${FOLDER}/見出しなし.xlsx`,
    format: 'xlsx',
    bytes: writeXlsx([{ name: 'Sheet1', rows, from: { row: 3, column: 1 } }]),
    records: records(people, 'number name birth address'),
    note: 'no header, table begins at B3',
  };
}

function hiddenSheets() {
  const { people } = createCrowd(203);
  const [hidden, deep] = [people(14), people(9)];
  const summary = [
    ['月', '取得', '喪失'],
    ['4月', 120, 31],
    ['5月', 98, 44],
    ['6月', 101, { value: 52, formula: 'B3-46' }],
  ];
  const rows = (list) => [
    ['基礎年金番号', '氏名', '生年月日'],
    ...list.map((person) => [hyphened(person), person.name, wareki(person.birth)]),
  ];
  const bytes = writeXlsx([
    { name: '集計', rows: summary },
    { name: '元データ', rows: rows(hidden), state: 'hidden' },
    { name: '作業用', rows: rows(deep), state: 'veryHidden' },
  ]);
  return {
    path: `${FOLDER}/月別集計.xlsx`,
    format: 'xlsx',
    bytes,
    records: records([...hidden, ...deep], 'number name birth'),
    note: 'people only on a hidden and a very hidden sheet',
  };
}

function couples() {
  const { people } = createCrowd(204);
  const [applicants, spouses] = [people(16), people(16)];
  const head = ['申請者基礎年金番号', '申請者氏名', '申請者生年月日', '配偶者基礎年金番号', '配偶者氏名', '配偶者生年月日'];
  const cells = (person) => [hyphened(person), person.name, wareki(person.birth)];
  const rows = applicants.map((person, at) => [...cells(person), ...cells(spouses[at])]);
  const bytes = writeXlsx([{ name: '第３号', rows: [head, ...rows] }]);
  return {
    path: `${FOLDER}/申請者と配偶者.xlsx`,
    format: 'xlsx',
    bytes,
    records: records([...applicants, ...spouses], 'number name birth'),
    note: 'two persons in each row',
  };
}

function commentsAndBoxes() {
  const [boxed, noted] = createCrowd(205).people(2);
  const sheet = {
    name: '連絡',
    rows: [
      ['件名', '担当'],
      ['差替え依頼', '適用'],
    ],
    textboxes: [[`基礎年金番号：${hyphened(boxed)}`, `氏名：${boxed.name}`, `生年月日：${wareki(boxed.birth)}`]],
    comments: { A2: `氏名：${noted.name}　基礎年金番号：${hyphened(noted)}` },
  };
  return {
    path: `${FOLDER}/差替え依頼.xlsx`,
    format: 'xlsx',
    bytes: writeXlsx([sheet]),
    records: [record(boxed, 'number name birth'), record(noted, 'number name')],
    note: 'a text box and a comment',
  };
}

function formulas() {
  const people = createCrowd(206).people(17);
  const rows = people.map((person, at) => [
    person.number.slice(0, 4),
    person.number.slice(4),
    { value: hyphened(person), formula: `A${at + 2}&"-"&B${at + 2}` },
    { value: person.name, inline: true },
  ]);
  const bytes = writeXlsx([{ name: '結合', rows: [['課所', '一連', '基礎年金番号', '氏名'], ...rows] }], { store: true });
  return {
    path: `${FOLDER}/番号の結合.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(people, 'number name'),
    note: 'numbers made by a formula, inline strings, entries not packed',
  };
}

/** One text table for each encoding, each with a notation of its own. */
function textTables() {
  const make = (seed, name, encoding, count, head, row, fields, format = 'csv') => {
    const people = createCrowd(seed).people(count);
    const bytes = encodeText(csv([...head, ...people.map(row)], format === 'tsv' ? '\t' : ','), encoding);
    return { path: `${FOLDER}/${name}`, format, bytes, records: records(people, fields) };
  };
  const four = [['基礎年金番号', '氏名', 'カナ氏名', '生年月日', '住所']];
  return [
    {
      ...make(
        211,
        '資格届_cp932.csv',
        'cp932',
        32,
        four,
        (p) => [hyphened(p), p.name, kana(p), wareki(p.birth), address(p)],
        'number name birth address',
      ),
      note: 'CP932, with 髙 and other letters of IBM',
    },
    {
      ...make(
        212,
        '資格届_euc.csv',
        'euc-jp',
        22,
        [['番号（基礎年金番号）', '氏名', '生年月日']],
        (p) => [p.number, p.name, packed(p.birth)],
        'number name birth',
      ),
      note: 'EUC-JP, numbers without hyphen',
    },
    {
      ...make(
        213,
        '資格届_bom.csv',
        'utf-8-bom',
        19,
        four,
        (p) => [
          fullWidth(hyphened(p)),
          p.name,
          kana(p),
          slashed(p.birth),
          `${longAddress(p)}\nコーポ若葉${p.rest.length}0${p.birth.month}号`,
        ],
        'number name birth address',
      ),
      note: 'UTF-8 with BOM, full-width digits, line breaks inside fields',
    },
    {
      ...make(
        214,
        '資格届_utf16.csv',
        'utf-16le',
        20,
        [['基礎年金番号', '氏名', '生年月日']],
        (p) => [hyphened(p), p.name, coded(p.birth, '-')],
        'number name birth',
      ),
      note: 'UTF-16, dates as 5-30-03-04',
    },
    {
      ...make(
        215,
        '資格届_詰め.csv',
        'cp932',
        28,
        [['基礎年金番号', '氏名', '生年月日', '届出事由']],
        (p) => [p.number, `${p.family}　${p.given}`, coded(p.birth), '喪失'],
        'number name birth',
      ),
      modified: '2025-02-10T08:30:00+09:00',
      note: 'dates as 5300304, stale',
    },
    {
      ...make(
        216,
        '番号一覧.tsv',
        'utf-8',
        30,
        [['年金番号', '氏名']],
        (p) => [hyphened(p).replace('-', '‐'), p.name],
        'number name',
        'tsv',
      ),
      note: 'tabs, hyphens of another kind',
    },
    {
      ...make(217, '退避_見出しなし.csv', 'cp932', 24, [], (p) => [hyphened(p), p.name, slashed(p.birth)], 'number name birth'),
      mode: 0o600,
      note: 'no header; readable by its owner alone',
    },
  ];
}

export const coverageSamples = () => [
  twoHeaderRows(),
  noHeader(),
  hiddenSheets(),
  couples(),
  commentsAndBoxes(),
  formulas(),
  ...textTables(),
];
