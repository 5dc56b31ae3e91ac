/** Hands the HTML report what it is made from: judged files with what their lines do not say, persons and evidence from the inventory. */
import type { RunStop } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import { protectionOf } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import { RISK_SCALE, riskFactors } from '../policy/risk.js';
import type { HtmlInput, Night, ReportedFile } from '../report/html/input.js';
import { showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';
import type { Departments } from './departments.js';
import type { Judged } from './judged.js';

export interface HtmlTask {
  readonly inventory: Inventory;
  /** Roots as they are shown. */
  readonly run: RunInfo;
  readonly policy: Policy;
  readonly totals: RunTotals;
  readonly stopped: RunStop | null;
  readonly exposed: HtmlInput['exposed'];
  readonly departments: Pick<Departments, 'names'>;
  readonly judged: Iterable<Judged>;
}

export function htmlInput({ inventory, run, policy, totals, stopped, exposed, departments, judged }: HtmlTask): HtmlInput {
  const { persons, contents } = inventory;
  return {
    run,
    totals,
    stopped,
    exposed,
    departmentsConfigured: departments.names !== null,
    files: reported(judged, policy),
    countPersons: (ids) => Object.values(persons.count(ids)).reduce((sum, count) => sum + count, 0),
    evidence: (content) => ({
      findings: contents.findings(content),
      members: contents.members(content).map((member) => ({ name: member.name, findings: member.content.findings })),
    }),
    nights: nightsOf(inventory, run, totals, exposed.persons),
    riskScale: RISK_SCALE,
  };
}

/** Earlier runs of the same folders as they were counted then, and this one as it is reported now. Runs that were killed counted nothing. */
function nightsOf({ runs }: Inventory, run: RunInfo, totals: RunTotals, exposedPersons: number): Night[] {
  const roots = (keys: readonly string[]) => JSON.stringify(keys.map(showKey).sort());
  const earlier = runs.all().flatMap(({ id, startedMs, complete, roots: keys, sums }): Night[] => {
    if (id >= run.id || sums === null || roots(keys) !== roots(run.roots)) return [];
    const { openViolations, exposedPersons, notExamined } = sums;
    return [{ startedMs, complete, openViolations, exposedPersons, notExamined }];
  });
  const { openViolations, notExamined } = totals;
  return [...earlier, { startedMs: run.startedMs, complete: run.complete, openViolations, exposedPersons, notExamined }];
}

function* reported(judged: Iterable<Judged>, policy: Policy): Generator<ReportedFile> {
  for (const { lines, entry } of judged) {
    const [file, ...members] = lines;
    if (!file) continue;
    yield {
      file,
      members,
      protection: protectionOf(file, policy),
      factors: riskFactors(file, file.retention),
      notExamined: [file, ...members].some((line) => raisesNotExamined(line, line, policy)),
      department: file.department ?? '',
      content: entry.content,
    };
  }
}
