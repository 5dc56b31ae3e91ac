/** What became of the violations between two runs, in words and as lines of JSON. The counts come first; a clean night is one screen. */
import type { Lang } from '../../detectors/contract.js';
import { CHANGES, type Change, type JudgedFile, RECORD_CLASSES, type RunStop } from '../model.js';
import { type ChangesWords, changesWords, type ResolvedBy } from '../words/changes.js';
import { type Words, words } from '../words/words.js';
import { showJson, showText } from './escape.js';
import { type Align, alignRows, painter } from './layout.js';
import { localIso, localStamp } from './time.js';

export interface RunMark {
  readonly id: number;
  readonly startedMs: number;
}

/** One file of which there is something to tell. */
export interface ChangedFile {
  readonly change: Change;
  /** As it stands now; of what is gone as it stood last. */
  readonly file: JudgedFile;
  /** The run with which the violation began. */
  readonly since: RunMark;
  /** Whether it is older than what the inventory remembers. */
  readonly sinceBefore: boolean;
  /** Of what is resolved: by what. */
  readonly by: ResolvedBy | null;
  /** Its earlier path, where it was renamed or moved since the earlier run. */
  readonly movedFrom: string | null;
}

export type ChangeCounts = Readonly<Record<Change, number>>;

export interface ChangesInput {
  /** Null when nothing is kept from before: everything is new. */
  readonly from: RunMark | null;
  /** There is none because what earlier runs found was lost with a damaged inventory. */
  readonly historyLost: boolean;
  readonly to: RunMark & { readonly complete: boolean; readonly stopped: RunStop | null };
  readonly counts: ChangeCounts;
  /** New or recurred, and approved as exceptions: these don't raise exit code 1. */
  readonly excepted: number;
  /** The oldest of the continuing ones; null when there is none. */
  readonly oldest: RunMark | null;
  readonly moved: number;
  /** Whether departments are those of the site's configuration; else first folders. */
  readonly configured: boolean;
  readonly departments: readonly (readonly [department: string, counts: ChangeCounts])[];
  readonly folders: readonly (readonly [folder: string, counts: ChangeCounts])[];
  /** The worst of each change but the continuing ones. */
  readonly files: Readonly<Record<Change, readonly ChangedFile[]>>;
}

interface Pens {
  readonly say: ChangesWords;
  readonly table: Words;
}

/** Departments on the screen; JSON has all of them. */
const DEPARTMENTS_SHOWN = 20;
const LISTED = ['new', 'recurred', 'resolved', 'not-seen'] as const satisfies readonly Change[];

export function renderChanges(input: ChangesInput, lang: Lang, color: boolean): string {
  const pens: Pens = { say: changesWords(lang), table: words(lang) };
  const { say } = pens;
  const paint = painter(color);
  const blocks = [
    [
      paint.bold(say.title(input.from && markText(input.from, say), markText(input.to, say))),
      ...(input.historyLost ? [paint.red(say.historyLost)] : []),
      ...(input.to.complete ? [] : [paint.red(say.incomplete)]),
    ],
    countLines(input, pens),
    departmentLines(input, pens),
    input.departments.length > DEPARTMENTS_SHOWN ? [`  ${say.more(pens.table.count(input.departments.length - DEPARTMENTS_SHOWN))}`] : [],
    tableLines(say.byFolder, say.folder, say.directly, input.folders, pens),
    ...LISTED.map((change) => fileLines(change, input, pens)),
    [say.samePolicy],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function markText({ id, startedMs }: RunMark, say: ChangesWords): string {
  return say.run(id, localStamp(startedMs));
}

function countLines({ counts, excepted, oldest, moved }: ChangesInput, { say, table }: Pens): string[] {
  const notes: Partial<Record<Change, string>> = {
    ...(excepted > 0 && { new: say.excepted(table.count(excepted)) }),
    ...(oldest && { continuing: say.oldest(localStamp(oldest.startedMs).slice(0, 10)) }),
    ...(counts['not-seen'] > 0 && { 'not-seen': say.notSeenNote }),
  };
  const rows = CHANGES.map((change) => [`  ${say.changes[change]}`, table.files(counts[change]), notes[change] ?? '']);
  return [...alignRows(rows, ['left', 'right', 'left']), ...(moved > 0 ? [`  ${say.moved(table.files(moved))}`] : [])];
}

function departmentLines({ configured, departments }: ChangesInput, pens: Pens): string[] {
  const { say } = pens;
  const [title, nobody] = configured ? [say.byConfigured, say.noDepartment] : [say.byDepartment, say.directly];
  return tableLines(title, say.department, nobody, departments.slice(0, DEPARTMENTS_SHOWN), pens);
}

/** `unnamed` stands for ''. */
function tableLines(title: string, label: string, unnamed: string, sums: ChangesInput['folders'], { say, table }: Pens): string[] {
  if (sums.length === 0) return [];
  const head = [...CHANGES.map((change) => say.short[change]), label];
  const rows = sums.map(([name, counts]) => [
    ...CHANGES.map((change) => table.count(counts[change])),
    name === '' ? unnamed : name === '/' ? say.others : showText(name),
  ]);
  const aligns: Align[] = [...CHANGES.map((): Align => 'right'), 'left'];
  return [
    title,
    ...alignRows(
      [head, ...rows].map(([first, ...rest]) => [`  ${first}`, ...rest]),
      aligns,
    ),
  ];
}

function fileLines(change: (typeof LISTED)[number], { files, counts }: ChangesInput, pens: Pens): string[] {
  const { say, table } = pens;
  const shown = files[change];
  if (shown.length === 0) return [];
  const lines = shown.flatMap((one) => [
    `  ${one.file.risk.toFixed(1).padStart(5)}  ${showText(one.file.path)}`,
    `         ${noteOf(one, pens)}`,
  ]);
  const more = counts[change] - shown.length;
  return [say.lists[change], ...lines, ...(more > 0 ? [`  ${say.more(table.count(more))}`] : [])];
}

function noteOf({ change, file, since, sinceBefore, by, movedFrom }: ChangedFile, { say, table }: Pens): string {
  const records = RECORD_CLASSES.reduce((sum, recordClass) => sum + file.content.records[recordClass], 0);
  const day = localStamp(since.startedMs).slice(0, 10);
  const parts = [
    change === 'resolved' ? say.by[by ?? 'other'] : file.reasons.map((reason) => table.reasons[reason]).join(table.comma),
    change === 'resolved' && by === 'gone' ? '' : table.records(records),
    change === 'new' || change === 'recurred' ? '' : sinceBefore ? say.sinceBefore(day) : say.since(day),
    movedFrom === null ? '' : say.movedFrom(showText(movedFrom)),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** `mimawari.change/1`. */
export function changeLine({ change, file, since, sinceBefore, by, movedFrom }: ChangedFile): string {
  return jsonLine({
    schema: 'mimawari.change/1',
    change,
    root: file.root,
    path: file.path,
    ...(file.pathBytes === null ? {} : { pathBytes: file.pathBytes.toString('base64') }),
    since: { run: since.id, started: localIso(since.startedMs), orBefore: sinceBefore },
    ...(by === null ? {} : { by }),
    ...(movedFrom === null ? {} : { movedFrom }),
    verdict: by === 'gone' ? null : file.verdict,
    reasons: file.reasons,
    risk: file.risk,
    records: file.content.records,
  });
}

/** `mimawari.diff/1`: the last line. */
export function changesLine({ from, historyLost, to, counts, excepted, moved, departments }: ChangesInput): string {
  const mark = ({ id, startedMs }: RunMark) => ({ run: id, started: localIso(startedMs) });
  return jsonLine({
    schema: 'mimawari.diff/1',
    from: from && mark(from),
    ...(historyLost && { historyLost }),
    to: { ...mark(to), complete: to.complete },
    counts,
    excepted,
    moved,
    departments: departments.map(([department, sums]) => ({ department, ...sums })),
  });
}

function jsonLine(fields: object): string {
  return `${showJson(JSON.stringify(fields))}\n`;
}
