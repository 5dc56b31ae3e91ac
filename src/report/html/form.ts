/**
 * The HTML report: one file that needs nothing else, for managers and administrators. Files are taken once; then the page is written piece by piece: what
 * matters in both languages, the frame of the list, and its rows as data for the script. The script is the page's only one, known by its hash.
 */
import { createHash } from 'node:crypto';
import type { Lang } from '../../../detectors/contract.js';
import type { PageLang } from '../../page/data.js';
import { pageWords, uiWords } from '../../words/page.js';
import { whyText } from '../../words/why.js';
import { words as reportWords } from '../../words/words.js';
import { inChunks } from '../chunk.js';
import { localStamp } from '../time.js';
import { agesPart } from './ages.js';
import { pageFiles } from './assets.js';
import { countsPart, unreadPart } from './counts.js';
import { departmentsPart } from './departments.js';
import { factsPart } from './facts.js';
import { exceptionsPart, pilesPart } from './findings.js';
import type { HtmlBounds, HtmlInput } from './input.js';
import { headPart, leadPart, leakPart } from './lead.js';
import { html, jsonText, type Markup, trusted } from './markup.js';
import { dataPieces, evidenceOf, evidencePieces } from './page-data.js';
import { RowSet } from './rows.js';
import { rankDepartments, Sums } from './sums.js';
import { type Area, areasOf, mapPart } from './treemap.js';
import { trendPart } from './trend.js';
import { type View, viewOf } from './view.js';
import { framePart, workPart } from './work.js';

/** A hundred thousand rows are 7 to 10 MB; a page of more than 15 MB opens slowly from a share. */
export const HTML_BOUNDS: HtmlBounds = {
  rowsMax: 200_000,
  evidenceBytesMin: 1_000_000,
  evidenceBytesMax: 4_000_000,
  pageBytesWanted: 14_000_000,
};
const DEPARTMENTS_MAX = 1_000;
const LANGS: readonly Lang[] = ['ja', 'en'];

export function* writeHtml(input: HtmlInput, lang: Lang, bounds: HtmlBounds = HTML_BOUNDS): Generator<string> {
  yield* inChunks(pieces(input, lang, bounds));
}

function* pieces(input: HtmlInput, lang: Lang, bounds: HtmlBounds): Generator<string> {
  const sums = new Sums(input.departmentsConfigured);
  const set = new RowSet(bounds.rowsMax, input.run.roots.length > 1);
  for (const reported of input.files) {
    sums.add(reported);
    set.add(reported);
  }
  const rows = set.sorted();
  const left = set.left();
  const countPersons = (contents: Iterable<number>) => input.countPersons(contents);
  const departments = rankDepartments(sums, countPersons, DEPARTMENTS_MAX);
  const areas = areasOf(sums, departments, countPersons);
  const views = LANGS.map((one) => viewOf(one, { input, sums, departments, rows }));
  const files = pageFiles();
  yield head(input, lang, files).text;
  for (const view of views) yield top(view, lang, areas, left).text;
  yield framePart(lang).text;
  for (const view of views) yield part(view, lang, factsPart(view)).text;
  yield '</main>\n';
  let bytes = 0;
  for (const piece of block('data', dataPieces(rows, set.kinds, reportWords(lang)))) {
    bytes += Buffer.byteLength(piece);
    yield piece;
  }
  const evidence = evidenceOf(rows, (content) => input.evidence(content), evidenceBytes(bounds, bytes));
  const codes = new Set(evidence.sorts.flatMap(({ why }) => why));
  const words = Object.fromEntries(
    LANGS.map((one) => [one, uiWords(one, titleOf(one, input), whyWords(codes, one), input.departmentsConfigured)]),
  );
  yield* block('words', [jsonText(words)]);
  yield `<script>${files.script}</script>\n`;
  yield* block('evidence', evidencePieces(evidence));
  yield '</body>\n</html>\n';
}

/** Nothing may be loaded, and no script or style but the page's own may run. */
function head(input: HtmlInput, lang: Lang, { script, style }: ReturnType<typeof pageFiles>): Markup {
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<!-- ${pageWords('ja').confidential} / ${pageWords('en').confidential} -->
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${titleOf(lang, input)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#work">${pageWords(lang).skip}</a>
<main>
`;
}

function top(view: View, lang: Lang, areas: readonly Area[], left: ReadonlyMap<string, number>): Markup {
  const parts = [
    headPart,
    leadPart,
    leakPart,
    departmentsPart,
    (one: View) => mapPart(one, areas),
    pilesPart,
    agesPart,
    exceptionsPart,
    trendPart,
    countsPart,
    unreadPart,
  ];
  return part(view, lang, [...parts.map((make) => make(view)), workPart(view, left)]);
}

/** In one language; the other one waits until it is asked for. */
function part(view: View, lang: Lang, body: Markup | readonly (Markup | null)[]): Markup {
  return html`<div data-lang="${view.lang}" lang="${view.lang}"${view.lang === lang ? null : html` hidden`}>
${body}</div>
`;
}

function evidenceBytes({ pageBytesWanted, evidenceBytesMin, evidenceBytesMax }: HtmlBounds, dataBytes: number): number {
  return Math.max(evidenceBytesMin, Math.min(evidenceBytesMax, pageBytesWanted - dataBytes));
}

function* block(id: string, content: Iterable<string>): Generator<string> {
  yield `<script type="application/json" id="${id}">`;
  yield* content;
  yield '</script>\n';
}

function titleOf(lang: PageLang, { run }: HtmlInput): string {
  const say = pageWords(lang);
  return `${say.confidential} ${say.title} ${localStamp(run.startedMs).slice(0, 10)}`;
}

function whyWords(codes: ReadonlySet<string>, lang: Lang): Record<string, string> {
  return Object.fromEntries([...codes].map((code) => [code, whyText(code, lang)]));
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
