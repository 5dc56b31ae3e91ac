/**
 * What `mimawari check` tells staff: ○ × △ ？ － for each file, what is wrong, where, and what to do now. Values are masked before they come
 * here; a file that could not be read is never ○.
 */
import type { ChalkInstance } from 'chalk';
import type { Lang } from '../../detectors/contract.js';
import { type Finding, type JudgedFile, type ProblemCode, RECORD_CLASSES, type Reason, type RecordClass } from '../model.js';
import { type AdviceWords, adviceWords, familyOf } from '../words/advice.js';
import { type Words, words } from '../words/words.js';
import { showText } from './escape.js';
import { painter } from './layout.js';
import { placeText } from './place.js';
import { localStamp } from './time.js';

export interface CheckedFile {
  readonly file: JudgedFile;
  /** Masked examples. */
  readonly findings: readonly Finding[];
  /** Names of its members that could not be read, or only in part. */
  readonly unread?: readonly string[];
  /** The path with its folder in front: where several folders are checked at once. */
  readonly withRoot?: boolean;
}

export type Mark = 'good' | 'bad' | 'excepted' | 'unknown' | 'none';
export type MarkCounts = Readonly<Record<Mark, number>>;

interface Speaker {
  readonly table: Words;
  readonly advice: AdviceWords;
  readonly paint: ChalkInstance;
}

type Told = Map<string, { readonly path: string; times: number }>;

const EXAMPLES_SHOWN = 4;
const UNREAD_SHOWN = 5;
/** The same steps are told in full for so many files; then it is enough to say where they stand. */
const SAME_STEPS_MAX = 5;
/** Of more files than these, those with something to do are named again at the end. */
const FILES_AT_A_GLANCE = 20;
const LISTED_MAX = 30;
const MARKS: readonly Mark[] = ['good', 'bad', 'excepted', 'unknown', 'none'];
/** What a container's problem says when it is one of its members (scan/attempt.ts). */
const OF_MEMBERS = /^in \d+ members?$/;

/** What can't be called in order, whatever the verdict: nobody knows what is kept in a sealed file past its retention, nor who uses a password that lies about. */
const DOUBTFUL: readonly Reason[] = ['sealed-stale', 'partly-read', 'password-beside'];

export function markOf(file: Pick<JudgedFile, 'verdict' | 'reasons'>): Mark {
  if (file.verdict === 'violation') return file.reasons.includes('excepted') ? 'excepted' : 'bad';
  if (file.verdict === 'textless') return 'none';
  return file.verdict === 'undetermined' || DOUBTFUL.some((reason) => file.reasons.includes(reason)) ? 'unknown' : 'good';
}

export function noMarks(): Record<Mark, number> {
  return { good: 0, bad: 0, excepted: 0, unknown: 0, none: 0 };
}

/** All files, then the total line. */
export function renderCheck(files: readonly CheckedFile[], lang: Lang, color: boolean): string {
  const list = new Checklist(lang, color);
  return files.map((checked) => list.add(checked)).join('') + list.end(true);
}

/** Files one after the other, with the total at the end. Members with nothing to do are left out, and not counted: their container is. */
export class Checklist {
  readonly counts = noMarks();
  private readonly told: Told = new Map();
  private readonly listed: Record<'bad' | 'unknown', string[]> = { bad: [], unknown: [] };

  constructor(
    private readonly lang: Lang,
    private readonly color: boolean,
  ) {}

  add(checked: CheckedFile): string {
    const mark = markOf(checked.file);
    if (checked.file.member === null) {
      this.counts[mark]++;
      if ((mark === 'bad' || mark === 'unknown') && this.listed[mark].length < LISTED_MAX) this.listed[mark].push(shownPath(checked));
    }
    return renderCheckedFile(checked, this.lang, this.color, this.told);
  }

  end(complete: boolean): string {
    const { lang, color, counts } = this;
    const { table, advice, paint }: Speaker = { table: words(lang), advice: adviceWords(lang), paint: painter(color) };
    const total = renderCheckTotal(counts, lang, color);
    const lines: string[] = [];
    for (const mark of ['bad', 'unknown'] as const) {
      const names = this.listed[mark];
      if (names.length === 0 || MARKS.reduce((sum, one) => sum + counts[one], 0) <= FILES_AT_A_GLANCE) continue;
      lines.push('', `${advice.listed(colored(mark, advice.marks[mark], paint), table.count(counts[mark]))}:`);
      lines.push(...names.map((name) => `  ${name}`));
      if (counts[mark] > names.length) lines.push(`  ${advice.andMore(table.count(counts[mark] - names.length))}`);
    }
    if (!complete) lines.push('', paint.yellow(advice.stopped));
    return lines.map((line) => `${line}\n`).join('') + total;
  }
}

function shownPath({ file, withRoot = false }: CheckedFile): string {
  const place = withRoot ? (file.path === '' ? file.root : `${file.root}/${file.path}`) : file.path;
  return showText(file.member === null ? place : `${place} > ${file.member}`);
}

/** One file, with a line break at its end; '' for a member with nothing to do. What to do about a member is said at its container. */
export function renderCheckedFile(checked: CheckedFile, lang: Lang, color: boolean, told: Told = new Map()): string {
  const { file, findings, unread = [] } = checked;
  const speaker: Speaker = { table: words(lang), advice: adviceWords(lang), paint: painter(color) };
  const mark = markOf(file);
  if (file.member !== null && (mark === 'good' || mark === 'none') && file.verdict !== 'sealed') return '';
  const path = shownPath(checked);
  const [first, ...rest] = [...whatIsWrong(file, speaker), ...unreadLines(unread, speaker)];
  const quiet = mark === 'good' || mark === 'none';
  const lines = [`${colored(mark, speaker.advice.marks[mark], speaker.paint)} ${mark === 'bad' ? speaker.paint.bold(path) : path}`];
  if (quiet && first !== undefined) lines[0] += `  ${first}`;
  for (const sentence of quiet || first === undefined ? rest : [first, ...rest]) lines.push(`    ${sentence}`);
  if (!quiet) lines.push(...exampleLines(findings, speaker), ...stepLines(checked, path, speaker, told));
  return `${lines.join('\n')}\n`;
}

/** The line with the counts, and what they mean. */
export function renderCheckTotal(counts: MarkCounts, lang: Lang, color: boolean): string {
  const { table, advice, paint }: Speaker = { table: words(lang), advice: adviceWords(lang), paint: painter(color) };
  const sum = MARKS.reduce((total, mark) => total + counts[mark], 0);
  if (sum === 0) return `${advice.nothingChecked}\n`;
  const shown = MARKS.filter((mark) => mark !== 'excepted' || counts.excepted > 0);
  const marks = shown.map((mark) => `${colored(mark, advice.marks[mark], paint)} ${table.count(counts[mark])}`).join('  ');
  const lines = ['', advice.total(table.files(sum), marks)];
  if (counts.bad > 0) lines.push(advice.verdictBad);
  if (counts.excepted > 0) lines.push(advice.verdictExcepted);
  if (counts.unknown > 0) lines.push(advice.verdictUnknown);
  if (counts.bad + counts.excepted + counts.unknown === 0) lines.push(advice.verdictGood);
  return `${lines.join('\n')}\n`;
}

function colored(mark: Mark, text: string, paint: ChalkInstance): string {
  return mark === 'bad'
    ? paint.red(text)
    : mark === 'unknown' || mark === 'excepted'
      ? paint.yellow(text)
      : mark === 'good'
        ? paint.green(text)
        : text;
}

function whatIsWrong(file: JudgedFile, { table, advice }: Speaker): string[] {
  const { content, retention, verdict } = file;
  const sentences: string[] = [];
  if (file.entry === 'link') return [advice.fine.link];
  if (verdict === 'clear' || verdict === 'compliant' || verdict === 'sealed' || verdict === 'textless')
    sentences.push(advice.fine[verdict]);
  if (verdict === 'compliant')
    sentences.push(content.password.state === 'set' || content.password.state === 'weak' ? advice.fine.byPassword : advice.fine.byPlace);
  const classes = RECORD_CLASSES.filter((recordClass) => content.records[recordClass] > 0);
  if (classes.length > 0) {
    const inClasses = classes.map((recordClass) => `${classText(recordClass, table)} ${table.records(content.records[recordClass])}`);
    const records = classes.reduce((sum, recordClass) => sum + content.records[recordClass], 0);
    const persons = Object.values(content.persons).reduce((sum, count) => sum + count, 0);
    sentences.push(advice.found(table.records(records), table.persons(persons), inClasses.join(table.comma)));
  }
  const days = retention.ageDays === null ? '' : table.count(retention.ageDays);
  const limit = retention.limitDays === null ? '' : table.count(retention.limitDays);
  const place = file.passwordBeside == null ? '' : ` (${showText(file.passwordBeside)})`;
  const sentenceOf = (reason: Reason): string => {
    if (reason === 'partly-read' && classes.length === 0) return advice.partlyNothing;
    if (reason === 'unread' && classes.length > 0) return advice.unreadButNamed;
    if (content.password.state === 'partial' && reason === 'no-password') return advice.partlyLocked;
    if (content.password.state === 'partial' && reason === 'weak-password') return advice.partlyWeak;
    // Of a container: past it is what lies inside.
    if (reason === 'stale' && (retention.state !== 'stale' || retention.member !== undefined)) return advice.staleInside;
    return advice.reasons[reason](days, limit, retention.basis) + (reason === 'password-beside' ? place : '');
  };
  const old =
    retention.staleByDocument && retention.member === undefined && classes.length > 0
      ? [advice.savedLongAgo(localStamp(retention.documentDates?.saved ?? null).slice(0, 10))]
      : [];
  return [...sentences, ...file.reasons.map(sentenceOf), ...old];
}

/** What the records hold, rather than the name of their class. */
function classText(recordClass: RecordClass, table: Words): string {
  return recordClass === 'other' ? table.recordClasses.other : table.recordClassKinds[recordClass];
}

function unreadLines(unread: readonly string[], { table, advice }: Speaker): string[] {
  if (unread.length === 0) return [];
  const names = unread.slice(0, UNREAD_SHOWN).map(showText);
  if (unread.length > UNREAD_SHOWN) names.push(advice.andMore(table.count(unread.length - UNREAD_SHOWN)));
  return [advice.unreadInside(names.join(table.comma))];
}

function exampleLines(findings: readonly Finding[], { table, advice }: Speaker): string[] {
  const shown = findings.filter((finding) => finding.confidence !== 'weak').slice(0, EXAMPLES_SHOWN);
  if (shown.length === 0) return [];
  const lines = shown.map(
    (finding) => `      ${placeText(finding.where, table)}  ${table.kinds[finding.kind]}  ${showText(finding.masked)}`,
  );
  return [`    ${advice.examples}:`, ...lines];
}

function stepLines({ file, findings }: CheckedFile, path: string, { advice, paint }: Speaker, told: Told): string[] {
  const breach = file.member === null ? breachSteps(file, advice) : [];
  // No password hides a name.
  const rename = breach.length > 0 && findings.some(({ where }) => where.part === 'path') ? [advice.rename] : [];
  const steps = [...new Set([...breach, ...rename, ...problemSteps(file, advice)])];
  if (steps.length === 0) return [];
  const key = steps.join('\n');
  const before = told.get(key) ?? { path, times: 0 };
  told.set(key, before);
  if (before.times++ >= SAME_STEPS_MAX) return [`    ${paint.bold(advice.todo)}: ${advice.asFor(before.path)}`];
  return [`    ${paint.bold(advice.todo)}:`, ...steps.map((step, index) => `      ${index + 1}. ${step}`)];
}

function breachSteps(file: JudgedFile, advice: AdviceWords): string[] {
  const has = (reason: Reason) => file.reasons.includes(reason);
  const steps = has('password-beside') ? [advice.passwordAway] : [];
  if (has('sealed-stale')) return [...steps, advice.sealedStale];
  const open = has('open-access') || has('access-unknown');
  if (has('stale')) steps.push(advice.removeStale);
  else if (file.verdict === 'violation') steps.push(advice.remove);
  if (open) steps.push(advice.protect[familyOf(file.content.format)], advice.passwordCare, advice.move);
  if (has('access-unknown')) steps.push(advice.askAccess);
  if (has('weak-password') && !open) steps.push(advice.renew);
  if (has('stale')) steps.push(advice.keepStale);
  return steps;
}

function problemSteps(file: JudgedFile, advice: AdviceWords): string[] {
  if (file.content.examined !== 'none' && file.content.examined !== 'partial') return [];
  if (file.verdict === 'sealed') return [];
  // What is wrong with a member is said where the member stands.
  const own = file.content.problems.filter(({ detail }) => !OF_MEMBERS.test(detail));
  const codes = new Set<ProblemCode>(own.map((problem) => problem.code));
  const steps = [...codes].map((code) => advice.problems[code]);
  return own.length < file.content.problems.length ? [...steps, advice.lookInside] : steps;
}
