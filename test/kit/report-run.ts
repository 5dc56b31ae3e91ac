/** A small made-up run for tests of reports: every verdict, hostile names, an archive with members, and totals counted from the files. */
import type { Finding, JudgedFile, RunStop } from '../../src/model.js';
import type { ExceptionLine, Pile, ReachFigures, ReachKind, ReachLine, RunInfo, RunTotals } from '../../src/parts.js';
import { raisesNotExamined } from '../../src/policy/exit-code.js';
import { isOpenViolation } from '../../src/policy/judge.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import type { SummaryInput } from '../../src/report/summary.js';
import { AS_OF_MS, accessState, DAY_MS, makeJudged, NO_PERSONS, NO_RECORDS, password, problems, ROSTER } from './judged-file.js';

const OLD_MS = Date.parse('2015-03-23T09:00:00+09:00');
const noContent = { format: 'none', contentHash: null };

/** Names that a report must survive: formula, separators, quotes, line breaks, direction marks, escape codes, what Excel takes for a number. */
export const HOSTILE_NAMES = [
  "=cmd|' /C calc'!A0.xlsx",
  '+81.csv',
  '-1+2.txt',
  '@SUM(A1).txt',
  '＝1＋1',
  'a,b"c".txt',
  'line\r\nbreak.txt',
  'tab\tname.txt',
  'gpj.\u202etxt',
  '\u001b[31mred.txt',
  '00123',
  '2015/3',
  'R5.4.1',
  '1E5',
  'TRUE',
  "'quoted",
  '𠮷田😀.txt',
  'ガ.txt'.normalize('NFD'),
  'bell\u0007\u009b.txt',
  'literal\\u{202e}.txt',
];

export const FILES: readonly JudgedFile[] = [
  makeJudged({ modifiedMs: OLD_MS, content: ROSTER }),
  makeJudged({
    path: '総務部/相談.docx',
    content: {
      format: 'docx',
      kinds: { name: 2, address: 2, phone: 1 },
      records: { ...NO_RECORDS, other: 2 },
      persons: { ...NO_PERSONS, 'name+address': 2 },
      ...password('set'),
    },
  }),
  makeJudged({ path: '総務部/旧名簿.xls', content: { ...ROSTER, format: 'xls', ...password('weak') } }),
  makeJudged({ path: '経理部/請求.xlsx', sizeBytes: 4096 }),
  makeJudged({
    path: '経理部/施錠.xlsx',
    modifiedMs: OLD_MS,
    content: { ...noContent, format: 'ooxml-encrypted', examined: 'none', ...password('set'), ...problems('encrypted') },
  }),
  makeJudged({ path: '経理部/走査.pdf', content: { ...noContent, format: 'pdf', examined: 'none', ...problems('needs-ocr') } }),
  makeJudged({
    path: '経理部/壊れ.csv',
    content: { ...ROSTER, format: 'csv', examined: 'partial', ...problems('damaged', 'timed-out') },
    access: accessState('restricted'),
  }),
  makeJudged({ path: '経理部/不明.csv', content: { ...ROSTER, format: 'csv' }, access: accessState('unknown') }),
  makeJudged({
    path: '秘書',
    entry: 'folder',
    sizeBytes: 0,
    owner: null,
    content: { ...noContent, examined: 'none', ...problems('no-access'), ...password('unknown') },
  }),
  makeJudged({ path: 'リンク', entry: 'link', sizeBytes: 0, content: { ...noContent, examined: 'textless' } }),
  makeJudged({ path: '動画.mp4', content: { format: 'mp4', examined: 'textless' } }),
  makeJudged({ path: '束.zip', content: { ...ROSTER, format: 'zip' } }),
  makeJudged({ path: '束.zip', member: '中/名簿.csv', modifiedMs: AS_OF_MS - 400 * DAY_MS, content: { ...ROSTER, format: 'csv' } }),
  makeJudged({ path: '\u{83}e.txt', pathBytes: Buffer.from([0x83, 0x65, 0x2e, 0x74, 0x78, 0x74]), content: { format: 'txt' } }),
  ...HOSTILE_NAMES.map((path) => makeJudged({ path, owner: '0012', content: { format: 'txt' } })),
];

export const RUN: RunInfo = {
  id: 1,
  roots: ['/srv/share'],
  startedMs: AS_OF_MS - 200_000,
  endedMs: AS_OF_MS,
  version: '0.1.0',
  policyHash: `sha256:${'cd'.repeat(32)}`,
  asOfMs: AS_OF_MS,
  complete: true,
  coverage: null,
  excluded: { '.snapshot': 3, '**/*.iso': 12 },
};

export function incompleteRun(stopped: RunStop | null): RunInfo {
  const lastComplete = { id: 3, startedMs: AS_OF_MS - DAY_MS };
  const looked = stopped === null ? null : 250;
  return { ...RUN, complete: false, coverage: { stopped, looked, known: 1000, unopenedFolders: 3, lastComplete, earlier: true } };
}

export const TOTALS: RunTotals = totalsOf(FILES);

/** One of each sort, with names that a report must survive. */
export const PILES: readonly Pile[] = [
  { sort: 'folder', root: '/srv/share', folder: '=総務部/名簿', persons: 1200, bound: 1000 },
  { sort: 'reader', reader: 'everybody', name: null, persons: 900, bound: 500 },
  { sort: 'folder', root: '/srv/share', folder: '', persons: 800, bound: 500 },
  { sort: 'reader', reader: 'u:5001', name: '<b>yamada\u202e', persons: 600, bound: 500 },
];

const approved = { hash: null, reason: '訴訟中', approver: '情報管理課長', files: 0, idle: false };
/** One of each state, in the order of their last day. */
export const EXCEPTIONS: readonly ExceptionLine[] = [
  { ...approved, state: 'expired', path: '総務部/**', expires: '2026-11-20', idle: null },
  { ...approved, state: 'expiring', path: '=経理部/<i>\u202e', expires: '2026-12-01', files: 3 },
  { ...approved, state: 'in-force', path: '経理課/**', expires: '2027-03-31', idle: true },
  { ...approved, state: 'in-force', path: null, hash: `sha256:${'ab'.repeat(32)}`, expires: '2028-03-31', files: 2 },
];

/** What the inventory counts. Every roster of this run holds the same twelve people. */
export function totalsOf(files: readonly JudgedFile[]): RunTotals {
  const own = files.filter((file) => file.member === null);
  const sum = (of: (file: JudgedFile) => number) => own.reduce((total, file) => total + of(file), 0);
  return {
    enumerated: own.length,
    members: files.length - own.length,
    byVerdict: countBy(own.map((file) => file.verdict)),
    byExamined: countBy(own.map((file) => file.content.examined)),
    byProblem: countBy(own.flatMap((file) => file.content.problems.map((problem) => problem.code))),
    records: {
      four: sum((file) => file.content.records.four),
      three: sum((file) => file.content.records.three),
      two: sum((file) => file.content.records.two),
      other: sum((file) => file.content.records.other),
    },
    persons: 14,
    personsBy: { 'pension-number': 12, 'my-number': 0, 'name+birthdate': 0, 'name+address': 2 },
    openViolations: own.filter(isOpenViolation).length,
    notExamined: own.filter((file) => raisesNotExamined(file, file, DEFAULT_POLICY)).length,
  };
}

/** Each person has one record with all four items; a third more of everything is only possible. */
export function reachLine(
  kind: ReachKind,
  id: string | null,
  name: string | null,
  persons: number,
  filesFound: number,
  files: number,
): ReachLine {
  const figures = (factor: number): ReachFigures => ({
    files: Math.floor(files * factor),
    filesFound: Math.floor(filesFound * factor),
    records: { ...NO_RECORDS, four: Math.floor(persons * factor) },
    persons: Math.floor(persons * factor),
  });
  return { kind, id, name, likeEverybody: false, proven: figures(1), possible: figures(kind === 'unresolved' ? 1 : 4 / 3) };
}

export const SUMMARY: SummaryInput = {
  run: RUN,
  totals: TOTALS,
  exposed: { records: { four: 8, three: 16, two: 0, other: 0 }, persons: 12 },
  reach: [
    reachLine('account', 'u:5001', 'yamada', 14, 6, 33),
    reachLine('unresolved', 'g:6999', null, 12, 5, 30),
    reachLine('everybody', null, null, 12, 4, 29),
  ],
  worstFolders: [
    { root: '/srv/share', folder: '総務部', violations: 1, records: { four: 8, three: 16, two: 0, other: 2 }, persons: 14, risk: 52.9 },
    { root: '/srv/share', folder: '', violations: 1, records: { four: 4, three: 8, two: 0, other: 0 }, persons: 12, risk: 37.2 },
  ],
  worstFiles: FILES.filter((file) => file.risk > 0 && file.member === null).sort((a, b) => b.risk - a.risk),
};

export const FINDINGS: readonly Finding[] = [
  {
    kind: 'pension-number',
    where: { sheet: 'Sheet1', cell: 'B3' },
    start: 0,
    end: 11,
    confidence: 'certain',
    masked: '12＊＊-＊＊＊＊＊＊',
    why: ['column', 'shape-4-6'],
  },
  {
    kind: 'name',
    where: { sheet: '名簿\u202e', cell: 'A3' },
    start: 0,
    end: 5,
    confidence: 'likely',
    masked: '山＊＊＊＊',
    why: ['column:氏名', 'new-code'],
  },
  {
    kind: 'address',
    where: { page: 2, line: 14 },
    start: 4,
    end: 20,
    confidence: 'likely',
    masked: '東京都＊＊＊',
    why: ['municipality', 'chain'],
  },
  { kind: 'name', where: { part: 'path' }, start: 0, end: 4, confidence: 'weak', masked: '佐＊＊＊', why: ['family'] },
  {
    kind: 'birthdate',
    where: { line: 7, cell: 'D' },
    start: 0,
    end: 9,
    confidence: 'likely',
    masked: '昭和＊＊年＊月＊日',
    why: ['label'],
  },
  { kind: 'name', where: { line: 3, part: 'header' }, start: 0, end: 4, confidence: 'likely', masked: '鈴＊＊＊', why: ['honorific'] },
];

function countBy(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
