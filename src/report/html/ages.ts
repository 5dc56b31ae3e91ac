/** How long personal data has been lying there: files by whole years since their last change, unprotected ones apart. */
import { html, type Markup } from './markup.js';
import { AGE_YEARS_MAX, type AgeSum } from './sums.js';
import { lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, type View } from './view.js';

const WIDTH = 720;
const HEIGHT = 240;
const TOP = 22;
const BOTTOM = 26;
const GAP = 10;

export function agesPart(view: View): Markup {
  const { say, sums } = view;
  if (sums.holding === 0) return section(view, 'ages', say.ages.title, html`<p>${say.ages.none}</p>`);
  const label = `${say.ages.title}: ${sums.ages.map((age, at) => `${bucketName(at, view)} ${view.table.files(totalOf(age))}`).join(view.table.comma)}`;
  return section(view, 'ages', say.ages.title, [
    html`<p class="note">${say.ages.note}</p>`,
    html`<p class="legend"><span class="swatch exposed"></span>${say.ages.exposed} <span class="swatch protected"></span>${say.ages.other}</p>`,
    scrolling(say.ages.title, html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${bars(view)}</svg>`, 'chart'),
    html`<details><summary>${say.ages.table}</summary>${ageTable(view)}</details>`,
  ]);
}

function bars(view: View): Markup[] {
  const { ages } = view.sums;
  const most = Math.max(1, ...ages.map(totalOf));
  const scale = (HEIGHT - TOP - BOTTOM) / most;
  const step = WIDTH / ages.length;
  return ages.map((age, at) => {
    const x = at * step + GAP / 2;
    const width = step - GAP;
    const exposed = heightOf(age.exposed, scale);
    const other = heightOf(age.other, scale);
    const base = HEIGHT - BOTTOM;
    const middle = x + width / 2;
    const total = totalOf(age);
    const piece = (name: string, y: number, height: number) =>
      height === 0 ? null : html`<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
    const value = html`<text class="value" x="${middle}" y="${base - exposed - other - 6}">${total === 0 ? '' : view.table.count(total)}</text>`;
    const axis = html`<text class="axis" x="${middle}" y="${HEIGHT - 8}">${bucketName(at, view)}</text>`;
    return html`<g>${piece('exposed', base - exposed, exposed)}${piece('protected', base - exposed - other, other)}${value}${axis}</g>`;
  });
}

/** One file can be seen beside a hundred thousand. */
function heightOf(count: number, scale: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round(count * scale));
}

function ageTable(view: View): Markup {
  const { say, table, sums } = view;
  const lines = sums.ages.map(({ exposed, other }, at) =>
    lineOf(bucketName(at, view), [numberCell(table.count(exposed)), numberCell(table.count(other))]),
  );
  return tableOf([[say.ages.years], [say.ages.exposed, 'number'], [say.ages.other, 'number']], lines);
}

function bucketName(at: number, { say }: View): string {
  if (at > AGE_YEARS_MAX) return say.ages.unknown;
  return at === AGE_YEARS_MAX ? say.ages.last(at) : say.ages.bucket(at);
}

function totalOf({ exposed, other }: AgeSum): number {
  return exposed + other;
}
