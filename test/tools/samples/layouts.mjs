/** Layouts that no grid tells: a dump of fixed width, a table drawn in text, records of two rows, people in columns; and receipts that look like one. */
import { csv, encodeText } from '../encode-text.mjs';
import { coded, wareki } from '../notations.mjs';
import { address, createCrowd, hyphened } from '../people.mjs';
import { records } from '../truth.mjs';
import { writeXlsx } from '../write-xlsx.mjs';

const FOLDER = '適用グループ';
const FULL = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンァィゥェォャュョッー\u3099\u309a';
const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｧｨｩｪｫｬｭｮｯｰﾞﾟ';
const half = (kana) => [...kana.normalize('NFD')].map((letter) => HALF[FULL.indexOf(letter)]).join('');

function hostDump() {
  const people = createCrowd(601).people(60);
  const lines = people.map(
    (person) => `${person.number}${`${half(person.familyKana)} ${half(person.givenKana)}`.padEnd(20)}${coded(person.birth)}`,
  );
  return {
    path: `${FOLDER}/ホスト出力.txt`,
    format: 'txt',
    bytes: encodeText(`${lines.join('\r\n')}\r\n`, 'cp932'),
    records: records(people, 'number name birth'),
    note: 'fields of fixed width without labels: ten digits, a name in half-width kana, a date with the code of its era',
  };
}

function drawnTable() {
  const people = createCrowd(602).people(15);
  const lines = [
    '対象者は次のとおり。',
    '┌──────┬──────┬───────┐',
    '│基礎年金番号│氏名　　　　│生年月日　　　│',
    '├──────┼──────┼───────┤',
    ...people.map((person) => `│${hyphened(person)} │${person.name.padEnd(6, '　')}│${wareki(person.birth)}│`),
    '└──────┴──────┴───────┘',
  ];
  return {
    path: `${FOLDER}/照会メモ.txt`,
    format: 'txt',
    bytes: encodeText(`${lines.join('\r\n')}\r\n`, 'cp932'),
    records: records(people, 'number name birth'),
    note: 'a table drawn with lines in text: its dates are birthdates by their column alone',
  };
}

function twoRowsEach() {
  const people = createCrowd(603).people(20);
  const rows = people.flatMap((person) => [
    [hyphened(person), person.name, wareki(person.birth)],
    [address(person), '', person.phone],
  ]);
  return {
    path: `${FOLDER}/二行一件.xlsx`,
    format: 'xlsx',
    bytes: writeXlsx([{ name: '名簿', rows: [['基礎年金番号', '氏名', '生年月日'], ['住所', '', '電話番号'], ...rows] }]),
    records: records(people, 'number name birth address'),
    note: 'each person takes two rows, as the header does',
  };
}

function peopleInColumns() {
  const people = createCrowd(604).people(5);
  const row = (label, value) => [label, ...people.map(value)];
  const rows = [
    ['項目', ...people.map((_, at) => `対象者${at + 1}`)],
    row('氏名', (person) => person.name),
    row('生年月日', (person) => wareki(person.birth)),
    row('住所', address),
    row('基礎年金番号', hyphened),
  ];
  return {
    path: `${FOLDER}/縦型の一覧.xlsx`,
    format: 'xlsx',
    bytes: writeXlsx([{ name: '比較', rows }]),
    records: records(people, 'number name birth address'),
    note: 'labels in the first column, a person in each column, a heading over each',
  };
}

function receipts() {
  const staff = createCrowd(605).people(12);
  const rows = staff.map((person, at) => [`2026-${String(120 + at).padStart(6, '0')}`, person.name, `令和8年9月${at + 1}日`]);
  return {
    path: '庶務/受付簿.csv',
    format: 'csv',
    bytes: encodeText(csv(rows), 'cp932'),
    records: records(staff, 'name'),
    note: 'receipts counted through a year, without labels: their numbers have the shape 4-6',
  };
}

export function layoutSamples() {
  return [hostDump(), drawnTable(), twoRowsEach(), peopleInColumns(), receipts()];
}
