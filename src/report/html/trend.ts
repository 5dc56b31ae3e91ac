/** How the figures went from round to round: whether the list gets shorter. Left out where there is nothing to compare with. */
import { localStamp } from '../time.js';
import type { Night } from './input.js';
import { html, type Markup } from './markup.js';
import { cell, type Head, lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, type View } from './view.js';

/** The newest ones. */
const NIGHTS_SHOWN = 60;
const WIDTH = 720;
const HEIGHT = 150;
const SIDE = 12;
const TOP = 26;
const BOTTOM = 26;

export function trendPart(view: View): Markup | null {
  const { say, table, input } = view;
  const nights = input.nights.slice(-NIGHTS_SHOWN);
  if (nights.length < 2) return null;
  const lines: [string, (night: Night) => number][] = [
    [say.trend.violations, ({ openViolations }) => openViolations],
    [say.trend.persons, ({ exposedPersons }) => exposedPersons],
    [say.trend.notExamined, ({ notExamined }) => notExamined],
  ];
  const rows = nights.map((night) =>
    lineOf(localStamp(night.startedMs), [
      ...lines.map(([, value]) => numberCell(table.count(value(night)))),
      cell(night.complete ? say.trend.complete : say.trend.incomplete),
    ]),
  );
  const heads: Head[] = [[say.trend.started], ...lines.map(([name]): Head => [name, 'number']), [say.trend.state]];
  const pictures = lines.map(([name, value]) => html`<figure><figcaption>${name}</figcaption>${line(view, name, nights, value)}</figure>`);
  return section(view, 'trend', say.trend.title, [
    html`<p class="note">${say.trend.note}</p>`,
    html`<div class="lines">${pictures}</div>`,
    html`<details><summary>${say.trend.table}</summary>${scrolling(say.trend.title, tableOf(heads, rows))}</details>`,
  ]);
}

/** From 0 upwards, the times as far apart as they were; a round that did not reach its end is a hollow dot. */
function line({ table }: View, name: string, nights: readonly Night[], value: (night: Night) => number): Markup {
  const [first, last] = [nights[0]!, nights.at(-1)!];
  const most = Math.max(1, ...nights.map(value));
  const span = Math.max(1, last.startedMs - first.startedMs);
  const x = (night: Night) => Math.round(SIDE + ((night.startedMs - first.startedMs) / span) * (WIDTH - 2 * SIDE));
  const y = (night: Night) => Math.round(HEIGHT - BOTTOM - (value(night) / most) * (HEIGHT - TOP - BOTTOM));
  const points = nights.map((night) => `${x(night)},${y(night)}`).join(' ');
  const dots = nights.map(
    (night) => html`<circle class="${night.complete ? 'dot' : 'dot hollow'}" cx="${x(night)}" cy="${y(night)}" r="4"/>`,
  );
  const label = `${name}: ${day(first)} ${table.count(value(first))} → ${day(last)} ${table.count(value(last))}`;
  const end = (night: Night, kind: 'first' | 'last', at: number) =>
    html`<text class="value ${kind}" x="${at}" y="${y(night) - 10}">${table.count(value(night))}</text><text class="axis ${kind}" x="${at}" y="${HEIGHT - 6}">${day(night)}</text>`;
  const ends = [end(first, 'first', SIDE), end(last, 'last', WIDTH - SIDE)];
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><polyline points="${points}"/>${dots}${ends}</svg>`;
}

function day(night: Night): string {
  return localStamp(night.startedMs).slice(0, 10);
}
