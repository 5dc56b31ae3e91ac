/** The beginning of the page: in words what is wrong and what to do first, then the figures and the leak table. */
import { RECORD_CLASSES, type RecordCounts } from '../../model.js';
import { consoleWords } from '../../words/console.js';
import { wordOf } from '../../words/words.js';
import { incompleteText } from '../coverage.js';
import { needsLook } from '../exceptions.js';
import { localStamp } from '../time.js';
import { html, type Markup, outside } from './markup.js';
import { personsOf, type Row } from './rows.js';
import type { DepartmentPersons } from './sums.js';
import { cell, type Head, lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, showButton, type View } from './view.js';

const FIRST_FILES = 5;

export function headPart(view: View): Markup {
  const { say, input, lang } = view;
  const { run } = input;
  const other = lang === 'ja' ? 'en' : 'ja';
  const why = run.coverage ? incompleteText(run.coverage, lang) : consoleWords(lang).stopped[input.stopped ?? 'unknown'];
  return html`<header>
<p class="secret"><strong>${say.confidential}</strong> ${say.confidentialNote}</p>
<div class="top"><h1>${say.title}</h1>
<p class="when">${localStamp(run.startedMs)}</p>
<button type="button" class="act" data-speak="${other}" lang="${other}">${say.otherLanguage}</button></div>
<p class="roots">${run.roots.map((root, at) => html`${at === 0 ? '' : html`<br>`}${outside(root)}`)}</p>
${run.complete ? null : html`<p class="alarm">${say.incomplete(why)}</p>`}
</header>
`;
}

export function leadPart(view: View): Markup {
  const { say, table, input, sums } = view;
  const { totals, exposed } = input;
  const excepted = (totals.byVerdict.violation ?? 0) - totals.openViolations;
  const sentences: string[] = [];
  if (totals.openViolations > 0) sentences.push(say.lead.violations(table.files(totals.byVerdict.violation ?? 0)));
  else if (excepted === 0) sentences.push(say.lead.noViolation);
  else sentences.push(say.lead.violations(table.files(excepted)));
  if (excepted > 0) sentences.push(say.lead.excepted(table.files(excepted)));
  const piles = totals.piles?.length ?? 0;
  if (piles > 0) sentences.push(say.lead.piles(table.count(piles)));
  if (sums.stale > 0) sentences.push(say.lead.stale(table.files(sums.stale)));
  if (totals.staleByDocument) sentences.push(say.lead.staleByDocument(table.files(totals.staleByDocument)));
  if (totals.notExamined > 0) sentences.push(say.lead.notExamined(table.files(totals.notExamined)));
  const headline = headlineOf(view, table.files(sums.exposed), table.persons(exposed.persons));
  return section(view, 'lead', say.lead.title, [
    html`<p class="headline ${sums.exposed > 0 ? 'bad' : ''}">${headline}</p>`,
    html`<p>${sentences.join(view.lang === 'ja' ? '' : ' ')}</p>`,
    figures(view),
    html`<h3>${say.lead.first}</h3>${firstSteps(view)}`,
  ]);
}

function headlineOf({ say, input, sums }: View, files: string, persons: string): string {
  if (sums.exposed > 0) return say.lead.exposed(files, persons);
  if (sums.holding > 0) return say.lead.noneExposed;
  return input.run.complete && input.totals.notExamined === 0 ? say.lead.nothingFound : say.lead.nothingFoundYet;
}

function figures({ say, table, input, sums }: View): Markup {
  const { totals, exposed } = input;
  const shown: [string, number, string][] = [
    [say.figures.exposedFiles, sums.exposed, 'bad'],
    [say.figures.exposedPersons, exposed.persons, 'bad'],
    [say.figures.violations, totals.openViolations, 'bad'],
    [say.figures.notExamined, totals.notExamined, 'doubt'],
    [say.figures.enumerated, totals.enumerated, ''],
  ];
  const items = shown.map(
    ([name, count, tone]) => html`<div class="figure ${count > 0 ? tone : ''}"><dt>${name}</dt><dd>${table.count(count)}</dd></div>`,
  );
  return html`<dl class="figures">${items}</dl>`;
}

function firstSteps(view: View): Markup {
  const { say, table, input, departments, rows } = view;
  const steps: Markup[] = [];
  const worst = departments.filter(({ name }) => name !== '').reduce<DepartmentPersons | null>(morePersons, null);
  if (worst && worst.exposed > 0) {
    const text = say.lead.firstDepartment(worst.name, table.files(worst.exposed), table.persons(worst.persons));
    steps.push(html`<li>${text} ${showButton(view, html`data-department="${worst.name}"`, worst.name)}</li>`);
  }
  const files = rows.flatMap((row, at) => (isOpenViolation(row) ? [{ row, at }] : [])).slice(0, FIRST_FILES);
  if (files.length > 0) {
    const list = files.map(({ row, at }) => html`<li>${firstFile(view, row, at)}</li>`);
    steps.push(html`<li>${say.lead.firstFiles}<ul class="first">${list}</ul></li>`);
  }
  if (input.totals.notExamined > 0) steps.push(html`<li>${say.lead.firstNotExamined}</li>`);
  if ((input.totals.piles?.length ?? 0) > 0) steps.push(html`<li>${say.lead.firstPiles}</li>`);
  const exceptions = (input.totals.exceptions ?? []).filter(needsLook).length;
  if (exceptions > 0) steps.push(html`<li>${say.lead.firstExceptions(table.count(exceptions))}</li>`);
  return steps.length === 0 ? html`<p>${say.lead.firstNothing}</p>` : html`<ol>${steps}</ol>`;
}

function morePersons(best: DepartmentPersons | null, one: DepartmentPersons): DepartmentPersons {
  return best === null || one.persons > best.persons ? one : best;
}

function isOpenViolation({ profile }: Row): boolean {
  return profile.verdict === 'violation' && !profile.reasons.includes('excepted');
}

function firstFile(view: View, row: Row, at: number): Markup {
  const { table } = view;
  const path = row.folder === '' ? row.name : `${row.folder}/${row.name}`;
  const reasons = row.profile.reasons.map((reason) => wordOf(table.reasons, reason)).join(table.comma);
  const facts = html`<span class="note">${table.persons(personsOf(row.holding))} · ${reasons}</span>`;
  return html`<span class="risk">${row.risk.toFixed(1)}</span> ${outside(path)} ${facts} ${showButton(view, html`data-row="${at}"`, row.name)}`;
}

/** The table that the inquiry of 2015 printed. */
export function leakPart(view: View): Markup {
  const { say, table, input } = view;
  const { totals, exposed } = input;
  const line = (name: string, holds: string, all: number, bare: number) =>
    lineOf(name, [cell(holds), numberCell(table.count(all)), numberCell(table.count(bare))]);
  const classes = RECORD_CLASSES.map((name) =>
    line(table.recordClasses[name], table.recordClassKinds[name], totals.records[name], exposed.records[name]),
  );
  const foot = [
    line(say.leak.sum, '', sumOf(totals.records), sumOf(exposed.records)),
    line(say.leak.persons, '', totals.persons, exposed.persons),
  ];
  const heads: Head[] = [[say.leak.class], [say.leak.holds], [say.leak.records, 'number'], [say.leak.exposed, 'number']];
  return section(view, 'leak', say.leak.title, [
    html`<p class="note">${say.leak.note}</p>`,
    scrolling(say.leak.title, tableOf(heads, classes, { foot })),
  ]);
}

function sumOf(records: RecordCounts): number {
  return RECORD_CLASSES.reduce((sum, name) => sum + records[name], 0);
}
