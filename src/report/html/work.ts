/** The list of work: its heading, the worst files as a plain table (for paper, and where no script runs), and the empty frame that the script fills. */
import type { Lang } from '../../../detectors/contract.js';
import { wordOf } from '../../words/words.js';
import { html, type Markup, outside } from './markup.js';
import { personsOf, type Row } from './rows.js';
import { cell, type Head, numberCell, tableOf } from './table.js';
import { section, type View } from './view.js';

const WORST_SHOWN = 50;

/** `left`: files that are not among the rows, by verdict. */
export function workPart(view: View, left: ReadonlyMap<string, number>): Markup {
  const { say, table, rows } = view;
  const notListed = [...left].map(([verdict, count]) => `${wordOf(table.verdicts, verdict)} ${table.count(count)}`);
  const total = rows.length + [...left.values()].reduce((sum, count) => sum + count, 0);
  const worst = rows.slice(0, WORST_SHOWN).filter(({ risk }) => risk > 0);
  return section(view, 'list', say.work.title, [
    html`<p class="note alive-only">${say.work.note}</p>`,
    html`<p class="note dead-only">${say.noScript}</p>`,
    ...(left.size > 0
      ? [
          html`<p class="note">${say.work.listed(table.count(rows.length), table.count(total))} ${say.work.notListed(notListed.join(table.comma))}</p>`,
        ]
      : []),
    ...(worst.length > 0 ? [html`<div class="worst">${worstTable(view, worst)}</div>`] : []),
  ]);
}

function worstTable(view: View, worst: readonly Row[]): Markup {
  const { say, table } = view;
  const { risk, verdict, file, reasons, persons, age } = say.work;
  const heads: Head[] = [[risk, 'number'], [verdict], [file], [reasons], [persons, 'number'], [age, 'number']];
  const lines = worst.map((row) => {
    const path = row.folder === '' ? row.name : `${row.folder}/${row.name}`;
    const told = row.profile.reasons.map((reason) => wordOf(table.reasons, reason)).join(table.comma);
    const days = row.age < 0 ? say.ui.unknown : say.ui.days.replace('{n}', table.count(row.age));
    return html`<tr>${numberCell(row.risk.toFixed(1))}${cell(wordOf(table.verdicts, row.profile.verdict))}<th scope="row">${outside(path)}</th>${cell(told)}${numberCell(table.count(personsOf(row.holding)))}${numberCell(days)}</tr>`;
  });
  return tableOf(heads, lines, { caption: say.work.worst(table.count(worst.length)) });
}

/** One for both languages: the script speaks the one that is shown. */
export function framePart(lang: Lang): Markup {
  return html`<section id="work" class="work alive-only" aria-labelledby="list-${lang}" tabindex="-1">
<form id="controls" role="search"></form>
<p id="shown" class="shown"></p><p id="spoken" class="unseen" role="status"></p><p id="keys" class="unseen"></p>
<div id="grid" class="grid" role="grid" tabindex="0" aria-describedby="keys"></div>
</section>
<dialog id="detail"></dialog>
`;
}
