/** What the figures rest on and what they don't say: the run, the limits of "restricted" and of the other words, the formula of the risk. */
import { consoleWords } from '../../words/console.js';
import { wordOf } from '../../words/words.js';
import { restText, seenText } from '../coverage.js';
import { localStamp } from '../time.js';
import { html, type Markup, outside } from './markup.js';
import { cell, lineOf, scrolling, tableOf } from './table.js';
import { section, type View } from './view.js';

export function factsPart(view: View): Markup {
  const { say, input, lang } = view;
  const { run, stopped } = input;
  const heard = consoleWords(lang);
  const seconds = Math.max(0, Math.round((run.endedMs - run.startedMs) / 1000));
  const facts: [string, Markup | string][] = [
    [say.facts.roots, html`${run.roots.map((root, at) => html`${at === 0 ? '' : html`<br>`}${outside(root)}`)}`],
    [say.facts.time, `${localStamp(run.startedMs)} (${heard.took(seconds)})`],
    [say.facts.asOf, localStamp(run.asOfMs)],
    [say.facts.state, run.complete ? heard.complete : heard.stopped[stopped ?? 'unknown']],
    ...(run.coverage
      ? [[heard.coverage, `${seenText(run.coverage, lang)}${heard.sentenceEnd}${restText(run.coverage, lang)}`] as [string, string]]
      : []),
    [say.facts.version, `mimawari ${run.version}`],
    [say.facts.policy, run.policyHash],
  ];
  return section(view, 'facts', say.facts.title, [
    html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`,
    html`<h3>${say.facts.limits}</h3><ul>${say.facts.limitLines.map((line) => html`<li>${line}</li>`)}</ul>`,
    html`<h3>${say.facts.risk}</h3><p>${say.facts.riskNote}</p>${formula(view)}`,
  ]);
}

function formula(view: View): Markup {
  const { say, table, input } = view;
  const { recordsOne, recordsFull, password, access, ageFresh, ageStale, ageFullLimits } = input.riskScale;
  const listed = (factors: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>) =>
    Object.entries(factors)
      .map(([code, factor]) => `${wordOf(words, code)} ${factor}`)
      .join(table.comma);
  const { detail } = say.ui;
  const lines: [string, string][] = [
    [detail.factorRecords, say.facts.records(recordsOne, table.count(recordsFull))],
    [detail.factorKinds, say.facts.kinds],
    [detail.factorPassword, listed(password, table.passwords)],
    [detail.factorAccess, listed(access, table.access)],
    [detail.factorAge, say.facts.age(ageFresh, ageStale, ageFullLimits)],
  ];
  const rows = lines.map(([name, value]) => lineOf(name, [cell(value)]));
  return scrolling(say.facts.risk, tableOf([[say.facts.riskFactor], [say.facts.riskValue]], rows));
}
