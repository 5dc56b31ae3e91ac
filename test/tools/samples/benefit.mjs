/** 給付グループ: rosters in workbooks and PDFs, with dates and numbers in the forms that Excel and old printers give them. */
import xlsx from 'xlsx';
import { iso, lettered, serial, wareki, western } from '../notations.mjs';
import { address, createCrowd, hyphened, longAddress } from '../people.mjs';
import { records } from '../truth.mjs';
import { letterPages, tablePages, writePdf } from '../write-pdf.mjs';
import { writeXlsx } from '../write-xlsx.mjs';

const FOLDER = '給付グループ';
const ERA_FORMAT = '[$-411]ggge"年"m"月"d"日";@';

function eraDates() {
  const people = createCrowd(101).people(24);
  const rows = people.map((person, at) => [
    at + 1,
    hyphened(person),
    { value: person.name, phonetic: person.familyKana },
    { value: serial(person.birth), format: ERA_FORMAT },
    person.postcode,
    address(person),
  ]);
  const bytes = writeXlsx([{ name: '受給者', rows: [['No.', '基礎年金番号', '氏名', '生年月日', '郵便番号', '住所'], ...rows] }]);
  return {
    path: `${FOLDER}/受給者名簿.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(people, 'number name birth address'),
    note: 'dates are serial numbers shown in Japanese eras',
  };
}

function lostZeros() {
  const people = createCrowd(102).people(30);
  const rows = people.map((person) => [
    Number(person.number),
    `${person.family}　${person.given}`,
    { value: serial(person.birth), format: 57 },
  ]);
  const bytes = writeXlsx([{ name: 'Sheet1', rows: [['基礎年金番号', '被保険者氏名', '生年月日'], ...rows] }]);
  return {
    path: `${FOLDER}/数値の番号.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(people, 'number name birth'),
    note: 'numbers kept as numbers: leading zeros are lost; built-in date format 57',
  };
}

function headerOnRowSeven() {
  const people = createCrowd(103).people(18);
  const title = [
    ['国民年金　受給資格確認対象者一覧'],
    [],
    ['作成日', '令和8年10月1日'],
    ['作成課', '給付グループ'],
    ['備考', '部外秘'],
    [],
  ];
  const rows = people.map((person) => [hyphened(person), person.name, lettered(person.birth), longAddress(person), '確認済']);
  const bytes = writeXlsx([{ name: '一覧', rows: [...title, ['年金番号', 'お名前', '生年月日', 'ご住所', '状況'], ...rows] }]);
  return {
    path: `${FOLDER}/見出し七行目.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(people, 'number name birth address'),
    note: 'header on row 7, dates as S30.3.4',
  };
}

function repeated() {
  const { people, chance } = createCrowd(104);
  const crowd = people(12);
  const visits = Array.from({ length: 40 }, (_, at) => (at < 12 ? crowd[at] : chance.pick(crowd)));
  const rows = visits.map((person, at) => [
    `2026/${(at % 9) + 1}/${(at % 27) + 1}`,
    hyphened(person),
    person.name,
    western(person.birth),
    '受付',
  ]);
  const bytes = writeXlsx([{ name: '照会', rows: [['受付日', '基礎年金番号', '氏名', '生年月日', '処理'], ...rows] }]);
  return {
    path: `${FOLDER}/照会履歴.xlsx`,
    format: 'xlsx',
    bytes,
    records: records(visits, 'number name birth'),
    modified: '2026-10-30T16:45:00+09:00',
    note: '40 records of 12 persons; the date of receipt is no birthdate',
  };
}

function oldWorkbook() {
  const people = createCrowd(105).people(26);
  const head = ['基礎年金番号', '氏名', 'フリガナ', '生年月日', '住所'];
  const sheet = xlsx.utils.aoa_to_sheet([
    head,
    ...people.map((person) => [
      hyphened(person),
      person.name,
      `${person.familyKana} ${person.givenKana}`,
      serial(person.birth),
      address(person),
    ]),
  ]);
  for (let row = 2; row <= people.length + 1; row++) sheet[`D${row}`].z = 'yyyy/mm/dd';
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, '住所');
  const bytes = xlsx.write(book, { type: 'buffer', bookType: 'biff8' });
  return {
    path: `${FOLDER}/住所履歴.xls`,
    format: 'xls',
    bytes,
    records: records(people, 'number name birth address'),
    modified: '2014-06-12T17:03:00+09:00',
    note: 'Excel 97 file, stale for years',
  };
}

function printedTable() {
  const people = createCrowd(106).people(55);
  const rows = people.map((person, at) => [String(at + 1), hyphened(person), person.name, wareki(person.birth), address(person)]);
  const pages = tablePages('支給額変更対象者一覧表', ['No', '基礎年金番号', '氏名', '生年月日', '住所'], rows, [30, 85, 80, 105, 220]);
  return {
    path: `${FOLDER}/支給額変更一覧.pdf`,
    format: 'pdf',
    bytes: writePdf(pages),
    records: records(people, 'number name birth address'),
    note: 'table by positions on two pages; font not embedded',
  };
}

function printedLetter() {
  const [person] = createCrowd(107).people(1);
  const lines = [
    '令和8年9月3日',
    '',
    `${person.name}　様`,
    '',
    '年金請求書の返戻について',
    '',
    'お送りいただいた請求書に不備がございました。',
    '',
    `基礎年金番号　${hyphened(person)}`,
    `氏名　　　　　${person.name}`,
    `生年月日　　　${wareki(person.birth)}`,
    `住所　　　　　${address(person)}`,
    '',
    '以上',
  ];
  return {
    path: `${FOLDER}/返戻通知.pdf`,
    format: 'pdf',
    bytes: writePdf(letterPages(lines), { cmap: '90ms-RKSJ-H' }),
    records: records([person], 'number name birth address'),
    note: 'a letter; strings in CP932 by way of 90ms-RKSJ-H',
  };
}

function lockedPrints() {
  const crowd = createCrowd(108);
  const make = (name, scheme, userPassword, state, count) => {
    const people = crowd.people(count);
    const rows = people.map((person) => [hyphened(person), person.name, iso(person.birth)]);
    const pages = tablePages('振込対象者', ['基礎年金番号', '氏名', '生年月日'], rows, [100, 100, 100]);
    const bytes = writePdf(pages, { encryption: { scheme, userPassword, ownerPassword: 'owner-8841', chance: crowd.chance } });
    const open = userPassword === '';
    return {
      path: `${FOLDER}/${name}.pdf`,
      format: 'pdf',
      bytes,
      password: state,
      examined: open ? 'full' : 'none',
      problem: open ? undefined : 'encrypted',
      records: open ? records(people, 'number name birth') : [],
    };
  };
  return [
    { ...make('施錠_rc4', 'rc4-128', 'Furikomi-26', 'set', 12), note: 'user password, RC4 with 128 bits' },
    { ...make('施錠_aes', 'aes-128', 'Furikomi-26', 'set', 12), note: 'user password, AES with 128 bits' },
    { ...make('施錠_旧式', 'rc4-40', 'furi26', 'weak', 12), note: 'user password, RC4 with 40 bits: easily broken' },
    { ...make('印刷制限', 'rc4-128', '', 'none', 15), note: 'owner password alone: opens for everybody' },
  ];
}

export const benefitSamples = () => [
  eraDates(),
  lostZeros(),
  headerOnRowSeven(),
  repeated(),
  oldWorkbook(),
  printedTable(),
  printedLetter(),
  ...lockedPrints(),
];
