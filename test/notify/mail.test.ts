import { beforeAll, describe, expect, it } from 'vitest';
import { mailHtml, mailText } from '../../src/notify/mail-document.js';
import {
  type DepartmentSums,
  departmentMail,
  failureMail,
  type MailedFile,
  type Morning,
  summaryMail,
} from '../../src/notify/morning-mail.js';
import { logLine } from '../../src/report/log-line.js';
import { prometheusText } from '../../src/report/prometheus.js';
import { expectGolden } from '../kit/golden.js';
import { makeJudged, ROSTER } from '../kit/judged-file.js';
import { FILES, HOSTILE_NAMES, RUN, SUMMARY, TOTALS } from '../kit/report-run.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

const mailed = (file: (typeof FILES)[number]): MailedFile => ({ ...file, place: file.path });
const SOUMU: DepartmentSums & { readonly name: string } = {
  name: '総務部',
  files: 3,
  violations: 120,
  excepted: 1,
  notExamined: 1,
  records: 26,
  persons: 14,
  toMend: FILES.slice(0, 1).map(mailed),
  unread: FILES.filter((file) => file.content.examined === 'none')
    .slice(0, 2)
    .map(mailed),
};
const MORNING: Morning = {
  run: RUN,
  totals: TOTALS,
  stopped: null,
  exposedPersons: 12,
  worst: [...FILES.slice(0, 2).map(mailed), { ...mailed(FILES[0]!), place: '人事部/山＊＊＊_＊＊＊＊-＊＊＊＊90.txt' }],
  departments: [SOUMU, { ...SOUMU, name: null, violations: 0, toMend: [], unread: [] }],
  outputs: ['/var/lib/mimawari/2026-11-21.csv'],
};
const MANNERS = { accessTimesMoved: 2, readAgain: 1, restedMs: 12_000 };
const FIGURES = {
  run: RUN,
  totals: TOTALS,
  exitCode: 1,
  exposed: SUMMARY.exposed,
  manners: MANNERS,
  inventoryRebuilt: false,
  departments: MORNING.departments.map((one) => ({ ...one, name: one.name ?? '' })),
  mails: { sent: 2, failed: 1 },
};

describe.each(['ja', 'en'] as const)('in %s', (lang) => {
  it('the mails are as the golden files', () => {
    const all = { administrators: summaryMail(MORNING, lang), department: departmentMail(SOUMU, MORNING, lang) };
    for (const [name, { subject, blocks }] of Object.entries(all))
      expectGolden(`mail-${name}.${lang}.txt`, `${subject}\n\n${mailText(blocks)}`);
    expectGolden(`mail-administrators.${lang}.html`, mailHtml(all.administrators.blocks, lang));
  });

  it('a run that did not reach its end, or did not begin, says so in the subject and at the top', () => {
    const { subject, blocks } = summaryMail({ ...MORNING, run: { ...RUN, complete: false }, stopped: 'root-lost' }, lang);
    expect(subject).toMatch(/途中まで|not complete/);
    expect(blocks[1]).toMatchObject({ kind: 'alert' });
    const rebuilt = summaryMail({ ...MORNING, run: { ...RUN, complete: false }, stopped: 'root-lost', rebuilt: 'i.db: put aside' }, lang);
    expect(rebuilt.blocks.slice(1, 3)).toEqual([blocks[1], { kind: 'alert', text: 'i.db: put aside' }]);
    const failed = failureMail('/srv/share: gone', RUN.startedMs, lang);
    expect(failed.subject).toMatch(/実行できません|could not run/);
    expect(mailText(failed.blocks)).toContain('/srv/share: gone');
  });
});

it('a department is told nothing of another', () => {
  const { blocks } = departmentMail(SOUMU, MORNING, 'ja');
  const texts = [mailText(blocks), mailHtml(blocks, 'ja')].join('\n');
  for (const other of ['山＊＊＊', '/var/lib', 'どの部署にも入らない', TOTALS.enumerated.toString()]) expect(texts).not.toContain(other);
});

it('names can neither act nor break a line, in text or in HTML', () => {
  const worst = [...HOSTILE_NAMES, '<script>&"x"', 'a\r\nBcc: x@example.jp'].map((path) => mailed(makeJudged({ path, content: ROSTER })));
  const { subject, blocks } = summaryMail({ ...MORNING, worst }, 'en');
  const text = mailText(blocks);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/u);
  expect(text).not.toMatch(/^Bcc/mu);
  expect(subject).not.toMatch(/[\r\n]/u);
  const html = mailHtml(blocks, 'en');
  expect(html).not.toContain('<script>');
  // Nothing is fetched when the mail is opened.
  expect(html).not.toMatch(/src=|href=|url\(/u);
});

describe('figures for Prometheus', () => {
  it('are as the golden file, each line in the form of the exposition', () => {
    const text = prometheusText(FIGURES);
    expectGolden('run.prom', text);
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) mimawari_[a-z_]+ .+|mimawari_[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\.)*"\})? -?\d+(?:\.\d+)?)$/u,
      );
    const named = [...text.matchAll(/^# TYPE (\S+)/gmu)].map(([, name]) => name);
    expect(new Set(named).size).toBe(named.length);
  });

  it('escape what a department may be called', () => {
    const departments = [{ ...FIGURES.departments[0]!, name: 'a"b\\c\nd' }];
    expect(prometheusText({ ...FIGURES, departments })).toContain('mimawari_department_files{department="a\\"b\\\\c\\nd"} 3\n');
  });
});

describe('a log line', () => {
  it('is one line of ASCII that every syslog takes whole', () => {
    const roots = Array.from({ length: 90 }, (_, i) => `/srv/共有フォルダー${i}`);
    for (const form of ['json', 'text'] as const)
      for (const some of [roots, roots.slice(0, 2)]) {
        const line = logLine({ ...FIGURES, stopped: null, roots: some }, form);
        expect(line).toMatch(/^[\x20-\x7e]{20,2000}$/u);
      }
    expect(JSON.parse(logLine({ ...FIGURES, stopped: null, roots: ['/srv/共有'] }, 'json'))).toMatchObject({
      event: 'sweep',
      level: 'warning',
      exitCode: 1,
      roots: ['/srv/共有'],
      openViolations: TOTALS.openViolations,
      restedSeconds: 12,
      mailsFailed: 1,
    });
  });

  it.each([
    [0, 'info'],
    [3, 'warning'],
    [2, 'error'],
    [130, 'error'],
  ])('has a level: exit code %i is %s', (exitCode, level) => {
    const run = { ...RUN, complete: exitCode < 2 };
    expect(JSON.parse(logLine({ ...FIGURES, run, exitCode, stopped: 'root-lost', roots: [] }, 'json')).level).toBe(level);
    expect(logLine({ ...FIGURES, run, exitCode, stopped: 'root-lost', roots: [] }, 'text')).toMatch(
      exitCode < 2 ? /sweep complete/ : /sweep stopped \(root-lost\)/,
    );
  });
});
