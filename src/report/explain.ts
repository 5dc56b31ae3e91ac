/** The human form of `mimawari explain`: each finding with its place, kind, confidence, masked value and reason, and what was rejected. */
import type { Kind, Lang } from '../../detectors/contract.js';
import { type Finding, type JudgedFile, PERSON_BASES, RECORD_CLASSES, type RiskFactors, type Where } from '../model.js';
import { type ConsoleWords, consoleWords } from '../words/console.js';
import { whyText } from '../words/why.js';
import { wordOf, words } from '../words/words.js';
import { showText } from './escape.js';
import { alignRows, painter } from './layout.js';
import type { Pen } from './pen.js';
import { placeText } from './place.js';
import { localStamp } from './time.js';

/** What looked like personal data and was rejected. */
export interface RejectedFinding {
  readonly kind: Kind;
  readonly where: Where;
  readonly start: number;
  readonly end: number;
  readonly masked?: string;
  /** Only with `--unmask`. */
  readonly value?: string;
  /** Codes of words/why.ts. */
  readonly why: readonly string[];
}

export interface ExplainInput {
  readonly file: JudgedFile;
  /** What its risk is made of (src/policy/README.md). */
  readonly factors?: RiskFactors;
  readonly findings: readonly Finding[];
  /** Whether anything was found in members, which are explained by themselves. */
  readonly foundInside?: boolean;
  /** Empty without `--dropped`. */
  readonly rejected: readonly RejectedFinding[];
  /** Findings beyond those that are handed in; `unknown` when the worker stopped listing them at its bound. */
  readonly moreFindings: number | 'unknown';
}

/** With a line break at its end. A finding's `value` is shown instead of its mask where it is there (`--unmask`). */
export function renderExplain(input: ExplainInput, lang: Lang, color: boolean): string {
  const pen: Pen = { table: words(lang), say: consoleWords(lang), paint: painter(color) };
  const blocks = [headLines(input, pen), foundLines(input, lang, pen), rejectedLines(input.rejected, lang, pen)];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ file, factors }: ExplainInput, { table, say, paint }: Pen): string[] {
  const path = file.member === null ? file.path : `${file.path} > ${file.member}`;
  const place = file.passwordBeside == null ? '' : ` (${showText(file.passwordBeside)})`;
  const reasons = file.reasons.map((reason) => table.reasons[reason] + (reason === 'password-beside' ? place : '')).join(table.comma);
  const lines = [
    `${paint.bold(showText(path))}  ${showText(wordOf(table.formats, file.content.format))}`,
    `${say.explain.verdict}: ${table.verdicts[file.verdict]}${reasons && `  ${reasons}`}  ${say.risk} ${file.risk.toFixed(1)}`,
    ...riskLines(file.risk, factors, say.explain),
  ];
  const causes = file.content.problems.map(
    (problem) => `  ${table.problems[problem.code]} (${problem.stage}: ${showText(problem.detail)})`,
  );
  return [
    ...lines,
    ...ageLines(file, { table, say, paint }),
    ...countLines(file, { table, say, paint }),
    `${table.examined[file.content.examined]}`,
    ...causes,
  ];
}

/** Results that differ by the rounding of what is shown are equal; else a container has the risk of its worst member. */
const ROUNDING = 0.15;

function riskLines(risk: number, factors: RiskFactors | undefined, say: ConsoleWords['explain']): string[] {
  if (risk === 0 || factors === undefined) return [];
  const named = (Object.keys(say.factors) as (keyof RiskFactors)[]).map((name) => [say.factors[name], factors[name]] as const);
  const product = named.reduce((all, [, factor]) => all * factor, 100);
  if (Math.abs(product - risk) > ROUNDING) return [`  ${say.riskInside}`];
  return [`  100 × ${named.map(([name, factor]) => `${name} ${factor.toFixed(2)}`).join(' × ')}`];
}

/** The age, by what it was counted and judged; then all evidence of it beside the time of the last change, used or not. */
function ageLines({ retention }: JudgedFile, { table, say: { explain: say } }: Pen): string[] {
  const { state, ageDays, limitDays, basis, rule, businessYear, documentDates, staleByDocument, member } = retention;
  const written = (days: number | null) => (days === null ? null : table.count(days));
  const named = rule === 'default' ? table.defaultRule : showText(rule);
  const day = (ms: number | null) => localStamp(ms).slice(0, 10);
  return [
    say.age(written(ageDays), basis, written(limitDays), named, table.retention[state]),
    ...(member === undefined ? [] : [`  ${say.retentionInside(showText(member))}`]),
    ...(businessYear ? [`  ${say.businessYear(String(businessYear.year), table.yearTold[businessYear.told])}`] : []),
    ...(documentDates ? [`  ${say.documentDates(day(documentDates.created), day(documentDates.saved))}`] : []),
    ...(staleByDocument ? [`  ${say.staleByDocument}`] : []),
  ];
}

/** How many persons the file tells of, which is not how many places are listed below. */
function countLines({ content }: JudgedFile, { table }: Pen): string[] {
  const classes = RECORD_CLASSES.filter((recordClass) => content.records[recordClass] > 0);
  if (classes.length === 0) return [];
  const persons = PERSON_BASES.reduce((sum, basis) => sum + content.persons[basis], 0);
  const counts = classes.map((recordClass) => `${table.recordClasses[recordClass]} ${table.records(content.records[recordClass])}`);
  return [`${table.persons(persons)}  ${counts.join(table.comma)}`];
}

function foundLines({ file, findings, foundInside, moreFindings }: ExplainInput, lang: Lang, { table, say, paint }: Pen): string[] {
  const title = paint.bold(say.explain.found);
  if (findings.length === 0) {
    const { examined } = file.content;
    const nothing = examined === 'none' ? say.explain.unread : examined === 'partial' ? say.explain.nothingInPart : say.explain.nothing;
    return [title, `  ${foundInside ? say.explain.inMembers : nothing}`];
  }
  const rows = findings.map((finding) => [
    `  ${placeText(finding.where, table)} ${finding.start + 1}-${finding.end}`,
    table.kinds[finding.kind],
    table.strengths[finding.confidence],
    showText(finding.value ?? finding.masked),
    whyList(finding.why, lang, table.comma),
  ]);
  const { place, kind, confidence, value, why } = say.explain;
  const lines = alignRows([[`  ${place}`, kind, confidence, value, why], ...rows], ['left', 'left', 'left', 'left', 'left']);
  if (moreFindings === 0) return [title, ...lines];
  return [title, ...lines, `  ${moreFindings === 'unknown' ? say.explain.moreUnknown : say.explain.more(table.count(moreFindings))}`];
}

function rejectedLines(rejected: readonly RejectedFinding[], lang: Lang, { table, say, paint }: Pen): string[] {
  if (rejected.length === 0) return [];
  const rows = rejected.map((one) => [
    `  ${placeText(one.where, table)} ${one.start + 1}-${one.end}`,
    table.kinds[one.kind],
    showText(one.value ?? one.masked ?? ''),
    whyList(one.why, lang, table.comma),
  ]);
  return [paint.bold(say.explain.dropped), ...alignRows(rows, ['left', 'left', 'left', 'left'])];
}

function whyList(codes: readonly string[], lang: Lang, comma: string): string {
  return codes.map((code) => showText(whyText(code, lang))).join(comma);
}
