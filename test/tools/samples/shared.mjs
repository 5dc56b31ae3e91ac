/** みんなの共有 and 保管庫: archives, locked and broken files, what holds no text, and a folder that only its owner can enter. */
import { csv, encodeText } from '../encode-text.mjs';
import { encryptOoxml } from '../encrypt-ooxml.mjs';
import { wareki } from '../notations.mjs';
import { address, createCrowd, hyphened, myNumber } from '../people.mjs';
import { records } from '../truth.mjs';
import { writePng } from '../write-png.mjs';
import { writeXlsx } from '../write-xlsx.mjs';
import { writeZip } from '../write-zip.mjs';

const FOLDER = 'みんなの共有';
const VAULT = '保管庫（限定）';
const HEAD = ['基礎年金番号', '氏名', '生年月日', '住所'];
const rosterRows = (people) => [HEAD, ...people.map((person) => [hyphened(person), person.name, wareki(person.birth), address(person)])];
const rosterCsv = (people) => encodeText(csv(rosterRows(people)), 'cp932');
const rosterXlsx = (people) => writeXlsx([{ name: '名簿', rows: rosterRows(people) }]);
const FIELDS = 'number name birth address';

function archives() {
  const { people, chance } = createCrowd(401);
  const [first, second, locked, mixedLocked, mixedOpen] = [10, 12, 9, 8, 13].map((count) => people(count));
  const note = encodeText('本書は送付状です。\r\n', 'cp932');
  const members = [
    { name: '名簿/上期.csv', data: rosterCsv(first), nameEncoding: 'cp932' },
    { name: '名簿/下期.xlsx', data: rosterXlsx(second), nameEncoding: 'cp932' },
    { name: 'はじめに.txt', data: note, nameEncoding: 'cp932' },
  ];
  const secret = (name, data) => ({ name, data, password: 'Okuru-77', salt: chance.bytes(12) });
  const zip = (name, entries, rest) => ({ path: `${FOLDER}/${name}`, format: 'zip', bytes: writeZip(entries), ...rest });
  return [
    zip('送付データ.zip', members, {
      records: records([...first, ...second], FIELDS),
      members: [
        { name: '名簿/上期.csv', format: 'csv', records: records(first, FIELDS) },
        { name: '名簿/下期.xlsx', format: 'xlsx', records: records(second, FIELDS) },
        { name: 'はじめに.txt', format: 'txt', records: [] },
      ],
      note: 'three members with names in CP932',
    }),
    zip('送付データ_鍵付き.zip', [secret('名簿.csv', rosterCsv(locked)), secret('名簿2.xlsx', rosterXlsx(locked))], {
      password: 'weak',
      examined: 'none',
      problem: 'encrypted',
      records: [],
      note: 'ZipCrypto on every entry',
    }),
    zip('混在.zip', [secret('鍵あり.csv', rosterCsv(mixedLocked)), { name: '鍵なし.csv', data: rosterCsv(mixedOpen) }], {
      password: 'partial',
      examined: 'partial',
      problem: 'encrypted',
      records: records(mixedOpen, FIELDS),
      note: 'one entry is encrypted, the other is not',
    }),
  ];
}

function lockedWorkbooks() {
  const { people, chance } = createCrowd(402);
  const [locked, open] = [people(20), people(16)];
  return [
    {
      path: `${FOLDER}/施錠名簿.xlsx`,
      format: 'xlsx',
      bytes: encryptOoxml(rosterXlsx(locked), 'Meibo-2026', chance),
      password: 'set',
      examined: 'none',
      problem: 'encrypted',
      records: [],
      note: 'agile encryption with a real password',
    },
    {
      path: `${FOLDER}/既定の鍵.xlsx`,
      format: 'xlsx',
      bytes: encryptOoxml(rosterXlsx(open), 'VelvetSweatshop', chance),
      password: 'default',
      records: records(open, FIELDS),
      note: "encrypted with Excel's built-in default password: opens without asking",
    },
  ];
}

function oddFiles() {
  const whole = rosterXlsx(createCrowd(403).people(40));
  const wav = Buffer.alloc(44 + 1600);
  wav.write(
    'RIFF\x64\x06\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x40\x06\x00\x00',
    'latin1',
  );
  return [
    {
      path: `${FOLDER}/壊れた名簿.xlsx`,
      format: 'xlsx',
      bytes: whole.subarray(0, 700),
      examined: 'none',
      problem: 'damaged',
      password: 'unknown',
      records: [],
      note: 'cut after 700 bytes: never clear',
    },
    { path: `${FOLDER}/空.txt`, format: 'txt', bytes: Buffer.alloc(0), records: [], note: 'no byte at all' },
    {
      path: `${FOLDER}/スキャン.png`,
      format: 'png',
      bytes: writePng(1240, 860),
      examined: 'none',
      problem: 'needs-ocr',
      records: [],
      note: 'a picture: only OCR could read it',
    },
    {
      path: `${FOLDER}/案内音声.wav`,
      format: 'wav',
      bytes: wav,
      examined: 'textless',
      textless: true,
      records: [],
      note: 'a format that holds no text',
    },
  ];
}

function vault() {
  const { people } = createCrowd(404);
  const [fresh, stale, staff] = [people(15), people(18), people(10)];
  const payroll = people(13).map((person, at) => ({ ...person, my: myNumber(createCrowd(4040 + at).chance) }));
  const myRows = payroll.map((person) => [person.my, person.name, address(person)]);
  const staffRows = staff.map((person) => [person.name, address(person), person.phone]);
  return [
    {
      path: `${VAULT}/処理中名簿.csv`,
      format: 'csv',
      bytes: rosterCsv(fresh),
      access: 'restricted',
      records: records(fresh, FIELDS),
      note: 'mode 0644 below a folder that only its owner can enter',
    },
    {
      path: `${VAULT}/平成26年度名簿.csv`,
      format: 'csv',
      bytes: rosterCsv(stale),
      access: 'restricted',
      modified: '2015-03-23T09:00:00+09:00',
      records: records(stale, FIELDS),
      note: 'restricted, but past its retention',
    },
    {
      path: '庶務/給与個人番号.xlsx',
      format: 'xlsx',
      bytes: writeXlsx([{ name: '給与', rows: [['個人番号', '氏名', '住所'], ...myRows] }]),
      mode: 0o600,
      records: records(payroll, 'my name address'),
      note: '個人番号; readable by its owner alone',
    },
    {
      path: '庶務/緊急連絡先.xlsx',
      format: 'xlsx',
      bytes: writeXlsx([{ name: '連絡先', rows: [['職員氏名', '自宅住所', '携帯電話'], ...staffRows] }]),
      mode: 0o600,
      records: records(staff, 'name address'),
      note: 'names with home addresses',
    },
  ];
}

export const sharedSamples = () => [...archives(), ...lockedWorkbooks(), ...oddFiles(), ...vault()];
