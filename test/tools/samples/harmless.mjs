/** 庶務: files that look like personal data and hold none: a hit here is a false alarm. */
import { csv, encodeText } from '../encode-text.mjs';
import { createCrowd } from '../people.mjs';
import { records } from '../truth.mjs';
import { writeXlsx } from '../write-xlsx.mjs';

const FOLDER = '庶務';
const made = (name, format, bytes, note, records = []) => ({ path: `${FOLDER}/${name}`, format, bytes, records, note });

function invoices({ chance }) {
  const rows = Array.from({ length: 40 }, (_, at) => [
    `${chance.between(1000, 9999)}-${chance.between(100000, 999999)}`,
    `2026/${(at % 10) + 1}/${(at % 27) + 1}`,
    chance.pick(['株式会社高橋商店', '福島印刷有限会社', '千葉文具株式会社']),
    chance.between(3, 900) * 100,
  ]);
  return made(
    '請求書一覧.csv',
    'csv',
    encodeText(csv([['請求書番号', '請求日', '請求先', '金額'], ...rows]), 'cp932'),
    'invoice numbers in the shape 4-6, companies with family names',
  );
}

function phones({ chance }) {
  const units = ['総務', '経理', '人事', '受付', '給付', '適用', '徴収', '電算', '警備', '会議室'];
  const rows = units.map((unit) => [unit, `0467-${chance.between(210000, 899999)}`, `${chance.between(1000, 9999)}`]);
  return made(
    '電話番号一覧.xlsx',
    'xlsx',
    writeXlsx([{ name: '電話', rows: [['部署', '電話番号', '内線'], ...rows] }]),
    'landlines written 4-6',
  );
}

function suppliers({ chance }) {
  const names = [
    '株式会社鈴木商店',
    '本田技研サービス株式会社',
    '田中医院',
    '有限会社山本製作所',
    '松本運輸株式会社',
    '社会福祉法人高砂会',
    '長崎紙業株式会社',
    '小林電機株式会社',
  ];
  const cities = ['愛知県名古屋市中区三の丸', '大阪府大阪市中央区大手前', '宮城県仙台市青葉区本町', '福岡県福岡市博多区東公園'];
  const rows = names.map((name) => [
    name,
    `${chance.pick(cities)}${chance.between(1, 4)}-${chance.between(1, 20)}`,
    `03-5550-0${chance.between(100, 199)}`,
  ]);
  return made(
    '取引先一覧.xlsx',
    'xlsx',
    writeXlsx([{ name: '取引先', rows: [['会社名', '所在地', '電話番号'], ...rows] }]),
    'addresses of companies',
  );
}

function prices({ chance }) {
  const rows = Array.from({ length: 30 }, (_, at) => [
    `47${chance.between(10000000, 99999999)}`,
    chance.pick(['ファイル', '封筒', '印字用紙', 'トナー']),
    chance.between(1, 60) * 50,
    `20260${(at % 9) + 1}01`,
  ]);
  return made(
    '物品価格表.csv',
    'csv',
    encodeText(csv([['品番', '品名', '単価', '改定日'], ...rows]), 'cp932'),
    'part numbers of ten digits, dates of a price change',
  );
}

function manual() {
  const lines = [
    '業務端末　操作手引',
    '',
    '1. 起動',
    '　電源を入れ、職員証をかざします。画面の右上に版数 2104-550321 が出ます。',
    '2. 様式の選び方',
    '　一般、様式第一号、高山支所の順に並んでいます。氏名欄には姓と名を分けて入れてください。',
    '3. 生年月日の入れ方',
    '　元号と年月日を入れます。西暦では入りません。',
    '',
    '改定　令和6年4月1日',
  ];
  return made('操作手引.txt', 'txt', encodeText(`${lines.join('\r\n')}\r\n`, 'cp932'), 'words such as 氏名欄 and a version number');
}

function log({ chance }) {
  const start = 1_790_000_000;
  const lines = Array.from(
    { length: 120 },
    (_, at) =>
      `${start + at * 37} INFO batch[${chance.between(1000, 9999)}] job=${chance.between(1000, 9999)}-${chance.between(100000, 999999)} rows=${chance.below(5000)}`,
  );
  return made('batch.log', 'txt', Buffer.from(`${lines.join('\n')}\n`), 'times since 1970 have ten digits');
}

function dutyRoster({ people }) {
  const staff = people(14);
  const rows = staff.map((person, at) => [`2026/12/${at + 1}`, person.name, staff[(at + 5) % 14].name, '窓口']);
  return made(
    '窓口当番表.xlsx',
    'xlsx',
    writeXlsx([{ name: '12月', rows: [['当番日', '午前', '午後', '場所'], ...rows] }]),
    'names beside dates that are no birthdates',
    // Names alone make no record, but they are names.
    records(staff, 'name'),
  );
}

function figures({ chance }) {
  const rows = Array.from({ length: 12 }, (_, at) => [
    `${at + 1}月`,
    ...Array.from({ length: 5 }, () => chance.between(1_000_000_000, 1_999_999_999)),
  ]);
  return made(
    '決算見込.xlsx',
    'xlsx',
    writeXlsx([{ name: '見込', rows: [['月', '収入', '支出', '差引', '累計', '前年'], ...rows] }]),
    'amounts of ten digits',
  );
}

export function harmlessSamples() {
  const crowd = createCrowd(501);
  return [invoices, phones, suppliers, prices, manual, log, dutyRoster, figures].map((make) => make(crowd));
}
