/** お客様相談室: forms, letters and memos, where no header tells what a word is. */
import { encodeText } from '../encode-text.mjs';
import { wareki, western } from '../notations.mjs';
import { address, createCrowd, hyphened, kana, longAddress } from '../people.mjs';
import { record, records } from '../truth.mjs';
import { paragraph, splitRuns, table, textbox, writeDocx } from '../write-docx.mjs';
import { writeXlsx } from '../write-xlsx.mjs';

const FOLDER = 'お客様相談室';

function formPerSheet() {
  const people = createCrowd(301).people(6);
  const sheets = people.map((person, at) => ({
    name: `相談票${at + 1}`,
    rows: [
      ['年金相談受付票'],
      [],
      ['受付日', '令和8年8月5日', '', '担当', '相談室'],
      ['基礎年金番号', hyphened(person), '', '電話番号', person.phone],
      ['フリガナ', kana(person)],
      ['氏名', person.name, '', '生年月日', wareki(person.birth)],
      ['住所', longAddress(person)],
      ['相談内容', '見込額の照会'],
    ],
  }));
  return {
    path: `${FOLDER}/相談受付票.xlsx`,
    format: 'xlsx',
    bytes: writeXlsx(sheets),
    records: records(people, 'number name birth address'),
    note: 'one form on each sheet',
  };
}

function splitLetter() {
  const [person] = createCrowd(302).people(1);
  const lines = [
    `${person.name}　様`,
    '',
    'ご照会の件について、下記のとおり回答いたします。',
    `基礎年金番号　${hyphened(person)}`,
    `生年月日　${wareki(person.birth)}`,
    `住所　${address(person)}`,
  ];
  const bytes = writeDocx(
    lines.map((line) => paragraph(splitRuns(line, 3) ?? '')),
    { footer: ['霞ケ関年金事務所　東京都千代田区霞が関9-9-9　電話 03-5550-0199'] },
  );
  return {
    path: `${FOLDER}/回答書.docx`,
    format: 'docx',
    bytes,
    records: records([person], 'number name birth address'),
    note: 'every run cut after three letters; the footer holds the address of an office',
  };
}

function wordTable() {
  const people = createCrowd(303).people(11);
  const rows = people.map((person) => [
    hyphened(person),
    [
      { base: person.family, reading: person.familyKana },
      { base: person.given, reading: person.givenKana },
    ],
    western(person.birth),
    address(person),
  ]);
  const bytes = writeDocx([paragraph('訪問予定者'), table([['基礎年金番号', '氏名', '生年月日', '住所'], ...rows]), paragraph('以上')], {
    header: ['取扱注意'],
  });
  return {
    path: `${FOLDER}/訪問予定.docx`,
    format: 'docx',
    bytes,
    records: records(people, 'number name birth address'),
    note: 'a table, names with their readings as ruby',
  };
}

function boxedForm() {
  const [boxed, headed] = createCrowd(304).people(2);
  const lines = [`基礎年金番号：${hyphened(boxed)}`, `氏名：${boxed.name}`, `生年月日：${wareki(boxed.birth)}`];
  const bytes = writeDocx([paragraph('下記の方についてご確認ください。'), textbox(lines)], {
    header: [`整理票　${hyphened(headed)}　${headed.name} 様`],
  });
  return {
    path: `${FOLDER}/確認依頼.docx`,
    format: 'docx',
    bytes,
    records: [record(boxed, 'number name birth'), record(headed, 'number name')],
    note: 'a text box and a page header',
  };
}

function mail() {
  const people = createCrowd(305).people(3);
  const blocks = people.map(
    (person) =>
      `氏名　　　　：${person.family} ${person.given}\r\n基礎年金番号：${hyphened(person)}\r\n生年月日　　：${wareki(person.birth)}\r\n`,
  );
  const text = `相談室各位\r\n\r\n次の方々へ折り返しをお願いします。\r\n\r\n${blocks.join('\r\n')}\r\n以上、よろしくお願いします。\r\n`;
  return {
    path: `${FOLDER}/折返し依頼.txt`,
    format: 'txt',
    bytes: encodeText(text, 'iso-2022-jp'),
    records: records(people, 'number name birth'),
    note: 'ISO-2022-JP, three blocks of label and value',
  };
}

function memo() {
  const [person] = createCrowd(306).people(1);
  const text = `電話メモ\r\n${person.name}様（${wareki(person.birth)}生まれ）より入電。\r\n年金手帳を紛失したとのこと。来週あらためて連絡する。\r\n`;
  return {
    path: `${FOLDER}/電話メモ.txt`,
    format: 'txt',
    bytes: encodeText(text, 'cp932'),
    records: records([person], 'name birth'),
    note: 'prose: a name and a birthdate',
  };
}

function namesOnly() {
  const people = createCrowd(307).people(4);
  const text = `打合せメモ\r\n出席：${people.map((person) => `${person.family}さん`).join('、')}\r\n次回は来月10日。資料は前日までに配る。\r\n`;
  return {
    path: `${FOLDER}/打合せ.txt`,
    format: 'txt',
    bytes: encodeText(text, 'cp932'),
    records: [],
    note: 'family names alone do not count',
  };
}

function nameInPath() {
  const [person] = createCrowd(308).people(1);
  return {
    path: `${FOLDER}/${person.name}_${hyphened(person)}.txt`,
    format: 'txt',
    bytes: encodeText('添付のとおり。\r\n', 'cp932'),
    records: records([person], 'number name'),
    note: 'the path itself holds a number and a name',
  };
}

export const counselSamples = () => [formPerSheet(), splitLetter(), wordTable(), boxedForm(), mail(), memo(), namesOnly(), nameInPath()];
