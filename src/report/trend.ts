/** The runs one below the other: how many violations and exposed persons each counted, so that it is seen whether the list gets shorter. */
import type { Lang } from '../../detectors/contract.js';
import type { RunStop } from '../model.js';
import type { RunSums } from '../parts.js';
import { changesWords } from '../words/changes.js';
import { words } from '../words/words.js';
import { showJson } from './escape.js';
import { type Align, alignRows, painter } from './layout.js';
import { localIso, localStamp } from './time.js';

export interface TrendRun {
  readonly id: number;
  readonly startedMs: number;
  readonly complete: boolean;
  readonly stopped: RunStop | null;
  /** Null for a run that was killed. */
  readonly sums: RunSums | null;
}

const ALIGNS: readonly Align[] = ['right', 'left', 'right', 'right', 'right', 'right', 'right', 'left'];
const UNKNOWN = '-';

/** The oldest first, so that the newest stands above the prompt. */
export function renderTrend(runs: readonly TrendRun[], lang: Lang, color: boolean): string {
  const say = changesWords(lang).trend;
  const table = words(lang);
  if (runs.length === 0) return `${say.none}\n`;
  let before: number | null = null;
  const rows = runs.map(({ id, startedMs, complete, stopped, sums }) => {
    const violations = sums?.openViolations ?? null;
    const change = violations === null || before === null ? '' : signed(violations - before);
    before = violations ?? before;
    const state = complete ? say.complete : say.stopped[stopped ?? 'unknown'];
    const counts = [sums?.enumerated, violations, null, sums?.exposedPersons, sums?.notExamined].map((count) =>
      count == null ? UNKNOWN : table.count(count),
    );
    counts[2] = change;
    return [String(id), localStamp(startedMs), ...counts, state];
  });
  const lines = alignRows(
    [say.columns, ...rows].map((row) => [...row]),
    ALIGNS,
  );
  return [painter(color).bold(say.title), ...lines, say.note, ''].join('\n');
}

function signed(change: number): string {
  return change === 0 ? '±0' : change > 0 ? `+${change}` : `−${-change}`;
}

/** `mimawari.trend/1`: one line a run. */
export function trendLine({ id, startedMs, complete, stopped, sums }: TrendRun): string {
  const { byDepartment, ...rest } = sums ?? { byDepartment: {} };
  const departments = Object.entries(byDepartment).map(([department, violations]) => ({ department, violations }));
  const fields = { schema: 'mimawari.trend/1', run: id, started: localIso(startedMs), complete, ...(complete ? {} : { stopped }), ...rest };
  return `${showJson(JSON.stringify(sums === null ? fields : { ...fields, departments }))}\n`;
}
