/**
 * LibreOffice opens the CSV (UTF-8 and CP932) and the workbook, and every cell is compared, type and all, with what the program meant: the facts of the
 * JSONL. Names are as hostile as a file system takes them. Without LibreOffice it says so and proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layOut } from '../lay-out.mjs';
import { readFods } from '../read-fods.mjs';
import { PROJECT, readJsonl, runProgram } from '../run-program.mjs';

export const summary = 'LibreOffice opens CSV (both encodings) and workbook: each cell is what was meant, hostile names included';

const NAMES = [
  "=cmd|'/c calc'!A0",
  '=1+1',
  '=HYPERLINK("http:x")',
  '+81-3',
  '-1',
  '-1+2.txt',
  '@SUM(A1)',
  '＝１＋１',
  '%00',
  'a,b;c.txt',
  'a"b".txt',
  "'quoted'",
  'line\nbreak.txt',
  'carriage\rreturn.txt',
  'tab\tname.txt',
  '\tleading tab',
  ' leading and trailing ',
  'two  spaces',
  '𠮷田😀👨‍👩‍👧.txt',
  'ガギグ.txt'.normalize('NFD'),
  'é.txt'.normalize('NFD'),
  '～〜－−.txt',
  '髙﨑①㈱.txt',
  '00123',
  '0123456789',
  '123456789012345678',
  '1234-567890',
  '1-2',
  '3/4',
  '2015-03-23',
  '2015年3月23日',
  'R5.4.1',
  '12:30',
  '1E5',
  '1e400',
  '１２３',
  '¥100',
  '50%',
  'TRUE',
  'true',
  'Apr 2015',
  'gpj.\u202etxt',
  '\u200bzero.txt',
  '_x0041_.txt',
  '&amp;<b>.txt',
  '#N!A',
  '(3)',
  '1,000',
];
/** So that the workbook has its sheets of piles and of exceptions, with texts that a spreadsheet would take for something else. */
const POLICY = 'pile: {folder: 2, reader: 2}\nexceptions: [{path: "=1+1", reason: "=cmd", approver: "0012", expires: 2999-12-31}]\n';

/** LibreOffice's numbers of encodings: UTF-8 and Windows-932; 1041 is Japanese; quoted cells are not taken for texts, special numbers are looked for: as Excel does. */
const ENCODINGS = { 'utf-8': 76, cp932: 60 };

function makeShare(share) {
  layOut(join(share, 'samples'));
  for (const [at, name] of NAMES.entries()) {
    const file = join(share, at % 3 === 0 ? '総務部' : at % 3 === 1 ? '=1+1' : '00123', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '議事録\n');
  }
}

function convert(file, out, filter, profile) {
  const parameters = ['--headless', '--norestore', `-env:UserInstallation=${pathToFileURL(profile).href}`];
  const { status, stderr } = spawnSync(
    'soffice',
    [...parameters, ...(filter ? [`--infilter=${filter}`] : []), '--convert-to', 'fods', '--outdir', out, file],
    {
      encoding: 'utf8',
      timeout: 300_000,
    },
  );
  if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`);
}

/** `\u{…}` of escape.ts undone. */
const unescaped = (text) => text.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)));

export async function prove({ scratch, check, say }) {
  if (spawnSync('soffice', ['--version']).status !== 0) {
    say('skipped: soffice (LibreOffice Calc) is not installed here, so nothing was proved');
    return;
  }
  const load = (name) => import(pathToFileURL(join(PROJECT, 'dist', 'src', name)).href);
  const { COLUMNS } = await load('words/csv-columns.js');
  const share = join(scratch, 'share');
  makeShare(share);
  const at = (name) => join(scratch, name);
  const outputs = ['--inventory', at('i.db'), '--quiet', '--lang', 'ja'];
  writeFileSync(at('policy.yaml'), POLICY);
  runProgram([
    'scan',
    share,
    ...outputs,
    '--policy',
    at('policy.yaml'),
    '--jsonl',
    at('r.jsonl'),
    '--xlsx',
    at('book.xlsx'),
    '--csv',
    at('utf-8.csv'),
  ]);
  runProgram(['report', ...outputs, '--policy', at('policy.yaml'), '--csv', at('cp932.csv'), '--encoding', 'cp932']);
  const { lines } = readJsonl(at('r.jsonl'));
  say(`${lines.length} rows of ${COLUMNS.length} columns, ${NAMES.length} hostile names`);

  const index = Object.fromEntries(COLUMNS.map(({ id }, column) => [id, column]));
  const { readCsv } = await import('../plain-csv.mjs');
  const written = readCsv(readFileSync(at('utf-8.csv'), 'utf8').slice(1));
  const bare = (text) => (text.startsWith("'") ? text.slice(1) : text);

  // What was written says what was found: the paths of the JSONL, unescaped, and back.
  const paths = written.slice(1).map((row) => unescaped(bare(row[index.path])));
  const samePaths = lines.filter(({ path }, row) => path === paths[row]).length;
  check('paths of the CSV, guard and escapes undone', samePaths, lines.length, samePaths === lines.length);

  /** How many cells of `rows` are what `meant` says, by LibreOffice's own types. */
  const compare = (name, rows, meant) => {
    let cells = 0;
    const wrong = [];
    meant.forEach((row, number) => {
      row.forEach((value, column) => {
        cells++;
        const { id, sort } = COLUMNS[column];
        const cell = rows[number]?.[column] ?? { type: '', value: '' };
        if (!isMeant(sort, value, cell)) wrong.push(`row ${number} ${id}: meant ${JSON.stringify(value)}, is ${JSON.stringify(cell)}`);
      });
    });
    for (const one of wrong.slice(0, 10)) say(`${name}: ${one}`);
    check(`${name}: cells as meant`, cells - wrong.length, cells, wrong.length === 0 && meant.length > 0);
    check(`${name}: rows`, rows.length, meant.length, rows.length === meant.length);
    const formulas = rows.flat().filter(({ formula }) => formula !== undefined).length;
    check(`${name}: formulas`, formulas, 0, formulas === 0);
  };

  for (const [encoding, number] of Object.entries(ENCODINGS)) {
    const text = new TextDecoder(encoding === 'cp932' ? 'shift_jis' : encoding).decode(readFileSync(at(`${encoding}.csv`)));
    const meant = readCsv(text.replace(/^\ufeff/, '')).slice(1);
    convert(at(`${encoding}.csv`), at('out'), `Text - txt - csv (StarCalc):44,34,${number},1,,1041,false,true`, at('profile'));
    const [sheet] = readFods(readFileSync(at(`out/${encoding}.fods`), 'utf8'));
    compare(`CSV ${encoding}`, sheet.rows.slice(1), meant);
  }

  convert(at('book.xlsx'), at('out'), null, at('profile'));
  const sheets = readFods(readFileSync(at('out/book.fods'), 'utf8'));
  const [, piles, exceptions] = sheets;
  const departments = sheets.slice(3, -1);
  say(`sheets: ${sheets.map(({ name }) => name).join(' | ')}`);
  const bodies = departments.flatMap(({ rows }) => rows.slice(1));
  const key = (row) => [row[index.root], row[index.path], row[index.member]].join('\0');
  const meantByKey = new Map(written.slice(1).map((row) => [key(row.map(bare)), row.map(bare)]));
  // A row whose key LibreOffice changed would find nothing to be compared with.
  const meant = bodies.map((row) => meantByKey.get(key(row.map(({ value }) => value))) ?? COLUMNS.map(() => 'no such row'));
  check('workbook: each row once', new Set(meant.map(key)).size, lines.length, new Set(meant.map(key)).size === lines.length);
  compare('workbook', bodies, meant);
  const heads = departments.every(({ rows }) => rows[0].map(({ value }) => value).join() === COLUMNS.map(({ ja }) => ja).join());
  check('workbook: headers of each sheet', heads, true, heads);
  const further = [piles, exceptions].map(({ rows }) => rows[1].map(({ type }) => type).join());
  const wanted = ['string,string,float,float,', 'string,string,string,string,date,float,string'];
  check(
    'workbook: a pile and an exception, types of cells',
    further.join(' | '),
    wanted.join(' | '),
    further.every((types, which) => types.startsWith(wanted[which])),
  );
  const texts = exceptions.rows[1]
    .map(({ value }) => value)
    .slice(1, 4)
    .join();
  check('workbook: texts of an exception', texts, '=1+1,=cmd,0012', texts === '=1+1,=cmd,0012');
  const formulas = [piles, exceptions].flatMap(({ rows }) => rows.flat()).filter(({ formula }) => formula !== undefined).length;
  check('workbook: formulas there', formulas, 0, formulas === 0);
  const mark = sheets[0].rows[0][0].value;
  check('workbook: the first line', JSON.stringify(String(mark).slice(0, 4)), '"取扱注意"', String(mark).startsWith('取扱注意'));
}

/** A text is a string of the same characters, a number a number, a time a date of the same second; nothing is nothing. */
function isMeant(sort, value, { type, value: is }) {
  if (value === '') return is === '' || type === '';
  if (sort === 'words' || sort === 'text') return type === 'string' && is === value;
  if (sort === 'count' || sort === 'year' || sort === 'amount') return type === 'float' && is === Number(value);
  return type === 'date' && Math.abs(Date.parse(`${isoOf(is)}Z`) - Date.parse(`${isoOf(value)}Z`)) < 1000;
}

function isoOf(time) {
  const text = String(time).replace(' ', 'T');
  return text.includes('T') ? text : `${text}T00:00:00`;
}
