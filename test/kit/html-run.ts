/** What the HTML report of the run in report-run.ts is made from, with as many persons as files say: all of them distinct. */
import type { JudgedFile } from '../../src/model.js';
import { raisesNotExamined } from '../../src/policy/exit-code.js';
import { isExposed, protectionOf } from '../../src/policy/judge.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { RISK_SCALE, riskFactors } from '../../src/policy/risk.js';
import type { HtmlBounds, HtmlInput, ReportedFile } from '../../src/report/html/input.js';
import { FINDINGS, RUN, totalsOf } from './report-run.js';

export function htmlRun(lines: readonly JudgedFile[], more: Partial<HtmlInput> = {}): HtmlInput {
  const own = lines.filter(({ member }) => member === null);
  const persons = own.map((file) => Object.values(file.content.persons).reduce((sum, count) => sum + count, 0));
  const files = own.map((file, content): ReportedFile => {
    const members = lines.filter((line) => line.member !== null && line.path === file.path);
    return {
      file,
      members,
      protection: protectionOf(file, DEFAULT_POLICY),
      factors: riskFactors(file, file.retention),
      notExamined: [file, ...members].some((line) => raisesNotExamined(line, line, DEFAULT_POLICY)),
      department: file.path.includes('/') ? file.path.slice(0, file.path.indexOf('/')) : '',
      content: persons[content]! > 0 ? content : null,
    };
  });
  const exposed = own.filter((file) => isExposed(file, DEFAULT_POLICY));
  const sumOf = (of: (file: JudgedFile) => number) => exposed.reduce((sum, file) => sum + of(file), 0);
  return {
    run: RUN,
    totals: totalsOf(lines),
    stopped: null,
    exposed: {
      records: {
        four: sumOf((file) => file.content.records.four),
        three: sumOf((file) => file.content.records.three),
        two: sumOf((file) => file.content.records.two),
        other: sumOf((file) => file.content.records.other),
      },
      persons: sumOf((file) => persons[own.indexOf(file)]!),
    },
    departmentsConfigured: false,
    files,
    countPersons: (contents) => [...contents].reduce((sum, content) => sum + persons[content]!, 0),
    evidence: () => ({ findings: FINDINGS, members: [{ name: '中/名簿.csv', findings: FINDINGS.slice(0, 2) }] }),
    nights: [],
    riskScale: RISK_SCALE,
    ...more,
  };
}

export const SMALL_BOUNDS: HtmlBounds = { rowsMax: 5, evidenceBytesMin: 0, evidenceBytesMax: 300, pageBytesWanted: 14_000_000 };
