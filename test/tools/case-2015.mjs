/**
 * The case of 2015, made up to the record: departments that declared "proper" four times, a share in which most files break the rule, and what the tables
 * must say of it. It fills an inventory by the program's own store, since a sweep of a million records is another test. No person in it is one: an id is a number.
 *
 * `node test/tools/case-2015.mjs FOLDER [--scale N]` writes inventory.db, answers.csv and truth.json into FOLDER; scale 1 is the size of the leak.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readParameters } from './parameters.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));
const load = (name) => import(pathToFileURL(join(top, 'dist', 'src', name)).href);

export const ROOT = '/共有';
/** The four self-inspections, as the forms wrote them, and the day of the sweep. */
export const INSPECTIONS = [
  { written: '平成26年9月30日', day: '2014-09-30' },
  { written: 'H26.12.31', day: '2014-12-31' },
  { written: '平成27年3月分', day: '2015-03-31' },
  { written: '2015/5/29', day: '2015-05-29' },
];
const SWEPT = new Date(2015, 5, 1, 23, 0, 0).getTime();
const DEPARTMENTS = 395;
/** Departments that are in order, those that hold nothing, and those that say so themselves. */
const IN_ORDER = 11;
const EMPTY = 7;
const ADMITTING = 3;
/** Of the leak (検証報告書, 2015-08-21), rounded: records of each class, and the persons in them. */
const LEAK = { four: 52_000, three: 1_167_000, two: 31_000, persons: 1_010_000 };
const FILES = 950;

/** A seeded choice below `bound`: the same case whenever it is made. */
function createChoice(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const departmentName = (at) => `${['年金事務所', '事務センター', '本部'][at % 3]}${String(at + 1).padStart(3, '0')}`;
const dayEnd = (day) => {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime() - 1;
};
const share = (total, parts, at) => Math.floor((total * (at + 1)) / parts) - Math.floor((total * at) / parts);

/** Files with their records and persons, as planned; `scale` divides records, not departments. */
export function planCase(scale) {
  const choose = createChoice(2015);
  const holders = DEPARTMENTS - EMPTY;
  const persons = Math.floor(LEAK.persons / scale);
  const files = [];
  let next = 0;
  for (let at = 0; at < FILES; at++) {
    const department = at % holders;
    const isProper = department < IN_ORDER;
    // Fewer than one in a hundred had a password.
    const locked = !isProper && at % 137 === 0;
    const records = {
      four: share(LEAK.four / scale, FILES, at),
      three: share(LEAK.three / scale, FILES, at),
      two: share(LEAK.two / scale, FILES, at),
      other: 0,
    };
    const count = records.four + records.three + records.two;
    // A record is of the next person nobody was counted for, as long as there are any; then of one who stands elsewhere already.
    const fresh = share(persons, FILES, at);
    const ids = new Set();
    while (ids.size < fresh) ids.add(next++);
    while (ids.size < count && ids.size < next) ids.add(choose(next));
    // Left for years, or brought in between two inspections; what is in order is recent.
    const modifiedMs = isProper ? SWEPT - 30 * 86_400_000 : dayEnd(INSPECTIONS[at % 4].day) - (at % 3 === 0 ? 900 : 20) * 86_400_000;
    files.push({ department, name: `名簿${at}.xlsx`, records, ids, locked, restricted: isProper, modifiedMs });
  }
  return files;
}

/** What the tables must say, counted from the plan by a rule of its own. */
export function truthOf(files) {
  const isBad = ({ locked, restricted, modifiedMs }, day) => (!locked && !restricted) || (dayEnd(day) - modifiedMs) / 86_400_000 > 366;
  const now = '2015-06-01';
  const departments = {};
  for (let at = 0; at < DEPARTMENTS; at++)
    departments[departmentName(at)] = { personalFiles: 0, violations: 0, records: 0, persons: 0, violationsThen: [0, 0, 0, 0] };
  const all = new Set();
  const own = Array.from({ length: DEPARTMENTS }, () => new Set());
  const records = { four: 0, three: 0, two: 0, other: 0 };
  for (const file of files) {
    const sums = departments[departmentName(file.department)];
    sums.personalFiles++;
    for (const klass of Object.keys(records)) {
      records[klass] += file.records[klass];
      sums.records += file.records[klass];
    }
    for (const id of file.ids) {
      all.add(id);
      own[file.department].add(id);
    }
    if (!isBad(file, now)) continue;
    sums.violations++;
    INSPECTIONS.forEach(({ day }, at) => {
      if (file.modifiedMs <= dayEnd(day) && isBad(file, day)) sums.violationsThen[at]++;
    });
  }
  own.forEach((ids, at) => {
    departments[departmentName(at)].persons = ids.size;
  });
  const isAdmitting = (at) => at >= IN_ORDER && at < IN_ORDER + ADMITTING;
  const names = Object.keys(departments);
  const byDay = INSPECTIONS.map(({ day }, inspection) => {
    const proper = names.filter((_, at) => !(isAdmitting(at) && inspection === 3));
    return {
      day,
      declarations: DEPARTMENTS,
      proper: proper.length,
      contradicted: proper.filter((name) => departments[name].violationsThen[inspection] > 0).length,
      violationsThen: names.reduce((sum, name) => sum + departments[name].violationsThen[inspection], 0),
    };
  });
  const persons = all.size;
  const sharedPersons = own.reduce((sum, ids) => sum + ids.size, 0) - persons;
  return { departments, byDay, records, persons, sharedPersons, files: files.length };
}

const isAdmitting = (department, inspection) => department >= IN_ORDER && department < IN_ORDER + ADMITTING && inspection === 3;

/** As a department sends it: other widths and spaces, 和暦 and western days, ○ and words. */
function answersCsv() {
  const rows = [
    ['自己点検結果一覧', '', '', ''],
    ['部署名', '点検日', '点検結果', 'ファイル数'],
  ];
  INSPECTIONS.forEach(({ written }, inspection) => {
    for (let at = 0; at < DEPARTMENTS; at++) {
      const name = departmentName(at);
      const wide = at % 5 === 0 ? name.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : name;
      const said = isAdmitting(at, inspection) ? '不適正' : ['適正', '○', '適正に管理している', '問題なし'][(at + inspection) % 4];
      rows.push([wide, written, said, '0']);
    }
  });
  return `\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;
}

export async function makeCase(folder, scale, quietFiles = 0) {
  const [{ Store }, { composeInventory }, { packContent }] = await Promise.all(
    ['inventory/store.js', 'cli/compose.js', 'inventory/packed.js'].map(load),
  );
  mkdirSync(folder, { recursive: true });
  const files = planCase(scale);
  const store = Store.open(join(folder, 'inventory.db'), { alone: true });
  const { entries, contents, persons, runs } = composeInventory(store);
  const run = runs.start({ startedMs: SWEPT, asOfMs: SWEPT, version: '0.0.0', policyHash: 'sha256:', roots: [ROOT] });
  entries.beginRun(run);
  const root = entries.visitFolder(null, ROOT);
  const folders = Array.from({ length: DEPARTMENTS }, (_, at) => entries.visitFolder(root, departmentName(at)));
  const access = (state) =>
    store.intern(
      'access',
      JSON.stringify({ state, source: 'posix-mode', broad: state === 'open' ? ['other'] : [], readers: null, reason: 'mode' }),
    );
  const put = (department, name, content, token, how) => {
    const facts = {
      name,
      state: 's',
      sort: 'file',
      sizeBytes: 20_000,
      modifiedMs: how.modifiedMs,
      accessedMs: null,
      owner: null,
      access: access(how.restricted ? 'restricted' : 'open'),
    };
    entries.put(folders[department], facts, contents.keep(packContent(content), token));
    store.commitWhenDue(performance.now());
  };
  const base = { format: 'xlsx', examined: 'full', problems: [], fromPath: false, findings: [], members: [], contentHash: null };
  const nobody = { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };
  files.forEach(({ department, name, records, ids, locked, ...how }) => {
    const count = records.four + records.three + records.two;
    const token = persons.hold();
    // The lowest two bits of an id are its basis: 0, the pension number. Spread, so that counting them goes through all ranges.
    const sorted = BigUint64Array.from(ids, (id) => BigInt.asUintN(64, BigInt(id) * 0x9e37_79b9_7f4a_7c15n) & ~3n).sort();
    for (let at = 0; at * 32_768 < sorted.length; at++)
      persons.add(token, 0, at, new Uint8Array(sorted.slice(at * 32_768, (at + 1) * 32_768).buffer));
    const content = {
      ...base,
      kinds: { 'pension-number': count, name: count, birthdate: records.four + records.three, address: records.four },
      records,
      persons: { ...nobody, 'pension-number': ids.size },
      password: { state: locked ? 'set' : 'none', scheme: locked ? 'agile-aes256' : null },
    };
    put(department, name, content, token, how);
  });
  const quiet = {
    ...base,
    kinds: {},
    records: { four: 0, three: 0, two: 0, other: 0 },
    persons: nobody,
    password: { state: 'none', scheme: null },
  };
  for (let at = 0; at < quietFiles; at++) put(at % DEPARTMENTS, `資料${at}.xlsx`, quiet, null, { modifiedMs: SWEPT, restricted: false });
  runs.end(run, {
    endedMs: SWEPT + 3_600_000,
    complete: true,
    stopped: null,
    excluded: {},
    roots: [ROOT],
    until: null,
    looked: files.length + quietFiles,
  });
  store.close();
  writeFileSync(join(folder, 'answers.csv'), answersCsv());
  const truth = truthOf(files);
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth));
  return truth;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = readParameters('node test/tools/case-2015.mjs FOLDER [--scale N] [--quiet-files N]', {
    allowPositionals: true,
    options: { scale: { type: 'string', default: '100' }, 'quiet-files': { type: 'string', default: '0' } },
  });
  const { files, persons, records } = await makeCase(positionals[0] ?? '.', Number(values.scale), Number(values['quiet-files']));
  console.log(`${files} files, ${records.four + records.three + records.two} records, ${persons} persons`);
}
