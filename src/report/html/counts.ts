/** The figures that must add up, what could not be examined and why, and what was left out. Sums are added up here from what stands above them. */
import { PROBLEM_CODES, VERDICTS } from '../../model.js';
import { wordOf } from '../../words/words.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER } from '../order.js';
import { html, type Markup, outside } from './markup.js';
import { lineOf, numberCell, tableOf } from './table.js';
import { section, type View } from './view.js';

const PATTERNS_SHOWN = 30;

export function countsPart(view: View): Markup {
  const { say, table, input } = view;
  const { totals } = input;
  const excepted = (totals.byVerdict.violation ?? 0) - totals.openViolations;
  const verdicts = Object.entries(countsInOrder(VERDICTS, totals.byVerdict)).map(([code, count]): Line => {
    const meaning = Object.hasOwn(say.counts.meanings, code) ? say.counts.meanings[code as keyof typeof say.counts.meanings] : '';
    const note = code === 'violation' && excepted > 0 ? `${meaning} (${say.counts.excepted(table.count(excepted))})` : meaning;
    return { name: html`<span class="chip ${code}">${wordOf(table.verdicts, code)}</span>`, count, note };
  });
  const examined = Object.entries(countsInOrder(EXAMINED_ORDER, totals.byExamined)).map(
    ([code, count]): Line => ({ name: html`${wordOf(table.examined, code)}`, count, note: '' }),
  );
  const members = totals.members > 0 ? html`<p class="note">${say.counts.members(table.count(totals.members))}</p>` : null;
  return section(view, 'counts', say.counts.title, [
    html`<div class="pair"><div><h3>${say.counts.byVerdict}</h3>${countTable(view, say.counts.verdict, verdicts)}</div>
<div><h3>${say.counts.byExamined}</h3>${countTable(view, say.counts.examined, examined)}${members}</div></div>`,
  ]);
}

interface Line {
  readonly name: Markup;
  readonly count: number;
  readonly note: string;
}

function countTable({ say, table, input }: View, what: string, lines: readonly Line[]): Markup {
  const { totals, run } = input;
  const sum = lines.reduce((total, { count }) => total + count, 0);
  const found = table.count(totals.enumerated);
  const agrees = run.complete ? say.counts.adds(found) : say.counts.addsSoFar(found, run.coverage?.earlier === true);
  const rows = lines.map(({ name, count, note }) =>
    lineOf(html`${name}${note === '' ? null : html`<span class="note">${note}</span>`}`, [numberCell(table.count(count))]),
  );
  const foot = [lineOf(say.counts.sum, [numberCell(table.count(sum))])];
  const told =
    sum === totals.enumerated ? html`<p class="note">${agrees}</p>` : html`<p class="note alarm">${say.counts.differs(found)}</p>`;
  return html`${tableOf([[what], [say.counts.files, 'number']], rows, { foot })}
${told}`;
}

export function unreadPart(view: View): Markup {
  const { say, table, input } = view;
  const causes = Object.entries(countedInOrder(PROBLEM_CODES, input.totals.byProblem)).sort(([, a], [, b]) => b - a);
  const patterns = Object.entries(countedInOrder([], input.run.excluded)).sort(([, a], [, b]) => b - a);
  const more = patterns.length - PATTERNS_SHOWN;
  const parts: Markup[] = [];
  if (causes.length > 0) {
    const lines = causes.map(([code, count]): [Markup, number] => [
      html`${wordOf(table.problems, code)} <span class="note">${code}</span>`,
      count,
    ]);
    parts.push(html`<div><p class="note">${say.unread.note}</p>${plainTable(view, say.unread.cause, lines)}</div>`);
  } else parts.push(html`<p>${say.unread.none}</p>`);
  if (patterns.length > 0) {
    const lines = patterns.slice(0, PATTERNS_SHOWN).map(([pattern, count]): [Markup, number] => [outside(pattern), count]);
    parts.push(html`<div><h3>${say.unread.excluded}</h3><p class="note">${say.unread.excludedNote}</p>${plainTable(view, say.unread.pattern, lines)}
${more > 0 ? html`<p class="note">${say.unread.more(table.count(more))}</p>` : null}</div>`);
  }
  return section(view, 'unread', say.unread.title, html`<div class="pair">${parts}</div>`);
}

function plainTable({ say, table }: View, what: string, lines: readonly [Markup, number][]): Markup {
  const rows = lines.map(([name, count]) => lineOf(name, [numberCell(table.count(count))]));
  return tableOf([[what], [say.counts.files, 'number']], rows);
}
