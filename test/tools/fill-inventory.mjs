/**
 * An inventory made without a share: so many files of a made-up office, a third of them with personal data (masked examples, ids of persons by chance), as
 * a sweep would have kept them. For proofs of reports, which read the inventory alone.
 */
import { composeInventory } from '../../dist/src/cli/compose.js';
import { packContent } from '../../dist/src/inventory/packed.js';
import { Store } from '../../dist/src/inventory/store.js';
import { createChance } from './seeded.mjs';

const DAY_MS = 86_400_000;
const OFFICES = ['総務', '人事', '経理', '適用', '徴収', '給付', '相談', '記録', '企画', '監査', '広報', '施設', '情報システム', '審査'];
const UNITS = ['部', '第一課', '第二課'];
const TOPICS = [
  '名簿',
  '届出',
  '支給決定',
  '相談記録',
  '過誤納',
  '住所変更',
  '未納者',
  '年金請求',
  '会議資料',
  '議事録',
  '様式',
  '発送リスト',
];
const ENDS = ['xlsx', 'xlsx', 'xlsx', 'csv', 'docx', 'pdf', 'xls', 'txt', 'zip', 'msg'];
const FILES_A_FOLDER = 80;

const masked = {
  'pension-number': ['12＊＊-＊＊＊＊＊＊', '41＊＊-＊＊＊＊＊＊', '52＊＊-＊＊＊＊＊＊', '82＊＊-＊＊＊＊＊＊'],
  name: ['青＊＊＊', '佐＊＊＊＊', '髙＊＊＊', '渡＊＊＊'],
  birthdate: ['昭和＊＊年＊月＊日', '19＊＊/＊/＊＊'],
  address: ['東京都＊＊＊＊', '神奈川県＊＊＊', '静岡県＊＊＊＊'],
};

const access = (state, broad, readers, reason) => JSON.stringify({ state, source: 'posix-mode', broad, readers, reason });
const ACCESSES = [
  access('open', ['other'], null, 'mode 0644, parents passable'),
  access('open', ['everyone'], null, 'mode 0666, parents passable'),
  access('restricted', [], 4, 'mode 0640, group of 4'),
  access('restricted', [], 1, 'mode 0600'),
  access('unknown', [], null, 'list could not be read'),
];

/** Writes `count` files below `root` (a path that need not exist) into a new inventory, and ends the run. */
export function fillInventory(file, root, count, { seed = 4242, asOfMs = Date.parse('2026-11-21T21:00:00+09:00') } = {}) {
  // Not alone: that is held until this process ends, and the report is made by another one.
  const store = Store.open(file);
  const inventory = composeInventory(store);
  const chance = createChance(seed);
  const start = { startedMs: asOfMs - 3_600_000, asOfMs, version: '0.1.0', policyHash: `sha256:${'00'.repeat(32)}`, roots: [root] };
  for (const night of earlierNights(count, asOfMs)) keepNight(inventory.runs, start, night);
  const run = inventory.runs.start(start);
  const crowd = Array.from({ length: 400_000 }, () => chance.bytes(8).readBigUInt64LE() & ~3n);
  const accessIds = ACCESSES.map((value) => store.intern('access', value));
  const top = inventory.entries.visitFolder(null, root);
  let folder = 0;
  for (let at = 0; at < count; at++) {
    if (at % FILES_A_FOLDER === 0) folder = visitNext(inventory.entries, top, chance, at / FILES_A_FOLDER);
    putFile(inventory, folder, accessIds, { chance, crowd, at, asOfMs });
    store.commitWhenDue(performance.now());
  }
  inventory.runs.end(run, {
    endedMs: asOfMs,
    complete: true,
    stopped: null,
    excluded: { '.snapshot': 3, '**/*.iso': 12 },
    roots: [root],
    until: null,
    looked: count,
  });
  store.close();
}

/** Thirty nights in which the list got shorter, two of them stopped by the clock. */
function earlierNights(count, asOfMs) {
  return Array.from({ length: 30 }, (_, at) => ({
    startedMs: asOfMs - 3_600_000 - (30 - at) * DAY_MS,
    complete: at !== 11 && at !== 12,
    openViolations: Math.round(count * (0.4 - 0.004 * at)),
    exposedPersons: Math.round(400_000 - 1_500 * at),
    notExamined: Math.round(count * (0.05 - 0.0005 * at)),
  }));
}

function keepNight(runs, start, { startedMs, complete, ...counts }) {
  const id = runs.start({ ...start, startedMs, asOfMs: startedMs });
  const end = { endedMs: startedMs + 3_600_000, excluded: {}, roots: start.roots, until: null, looked: 1 };
  runs.end(id, { ...end, complete, stopped: complete ? null : 'time-limit' });
  const records = { four: 0, three: 0, two: 0, other: 0 };
  const sums = { enumerated: 1, byVerdict: {}, byDepartment: {}, records, persons: 0, exposedRecords: records, ...counts };
  runs.keepSums(id, sums, null, null);
}

function visitNext(entries, top, chance, at) {
  // Few departments have most of the files.
  const department = `${OFFICES[Math.floor(chance.next() ** 2 * OFFICES.length)]}${chance.pick(UNITS)}`;
  const year = `平成${chance.between(15, 30)}年度`;
  const names = [department, year, `${chance.pick(TOPICS)}${at}`];
  return names.reduce((parent, name) => entries.visitFolder(parent, name), top);
}

function putFile({ entries, contents, persons }, folder, accessIds, { chance, crowd, at, asOfMs }) {
  const end = chance.pick(ENDS);
  const name = `${chance.pick(TOPICS)}_${chance.pick(['確定', '案', '最終', '修正2', 'コピー'])}_${at}.${end}`;
  const luck = chance.next();
  const content = luck < 0.34 ? holding(chance, end) : luck < 0.38 ? unread(chance, end) : plain(end, luck > 0.97 ? 'textless' : 'full');
  const size = Object.values(content.persons).reduce((sum, one) => sum + one, 0);
  const token = size === 0 ? null : persons.hold();
  if (token !== null) persons.add(token, 0, 0, idsOf(chance, crowd, size));
  const kept = contents.keep(packContent(content), token);
  // Most are old, some are fresh.
  const modifiedMs = asOfMs - Math.floor(chance.next() ** 2 * 4_000 * DAY_MS) - 3_600_000;
  const facts = { name, state: 's', sort: 'file', sizeBytes: chance.between(2_000, 4_000_000), modifiedMs, accessedMs: null };
  entries.put(folder, { ...facts, owner: `user${chance.below(300)}`, access: accessIds[chance.pick([0, 0, 0, 1, 2, 2, 3, 4])] }, kept);
}

function plain(format, examined) {
  const none = { four: 0, three: 0, two: 0, other: 0 };
  const nobody = { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };
  const password = { state: 'none', scheme: null };
  const base = { format, examined, problems: [], kinds: {}, records: none, persons: nobody, password, contentHash: null, fromPath: false };
  return { ...base, findings: [], members: [] };
}

function unread(chance, format) {
  const code = chance.pick(['encrypted', 'encrypted', 'needs-ocr', 'damaged', 'unsupported', 'timed-out', 'no-access']);
  const password = code === 'encrypted' ? { state: 'set', scheme: 'agile-aes256' } : { state: 'none', scheme: null };
  return { ...plain(format, 'none'), problems: [{ stage: 'extract', code, detail: 'made up' }], password };
}

/** Few files with very many records, many with a few. */
function holding(chance, format) {
  const rows = Math.ceil(10 ** (chance.next() ** 2 * 4));
  const four = Math.floor(rows * chance.next());
  const three = Math.floor((rows - four) * 0.9);
  const kinds = { 'pension-number': rows, name: rows, birthdate: four + three, ...(four > 0 ? { address: four } : {}) };
  const sheet = chance.pick(['Sheet1', '名簿', '一覧', '2015']);
  const findings = Object.keys(kinds).flatMap((kind, column) =>
    [2, 3].map((line) => ({
      kind,
      where: { sheet, cell: `${'ABCD'[column]}${line}` },
      start: 0,
      end: 8,
      confidence: kind === 'name' ? 'likely' : 'certain',
      masked: chance.pick(masked[kind]),
      fingerprint: chance.bytes(8).toString('hex'),
      why: kind === 'pension-number' ? ['column:基礎年金番号', 'shape-4-6'] : [`column:${kind}`],
    })),
  );
  const password = chance.pick([
    { state: 'none', scheme: null },
    { state: 'none', scheme: null },
    { state: 'none', scheme: null },
    { state: 'weak', scheme: 'rc4-40' },
    { state: 'set', scheme: 'agile-aes256' },
  ]);
  const persons = { 'pension-number': Math.min(rows, 2_000), 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };
  const records = { four, three, two: rows - four - three, other: 0 };
  return { ...plain(format, 'full'), kinds, records, persons, password, findings };
}

function idsOf(chance, crowd, count) {
  const first = chance.below(crowd.length - count);
  return new Uint8Array(BigUint64Array.from(crowd.slice(first, first + count)).sort().buffer);
}
