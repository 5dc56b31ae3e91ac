/** Protection by department: for its manager, the files with personal data that are unprotected, unknown and protected, as figures and as a bar. */
import { html, type Markup, outside } from './markup.js';
import type { DepartmentPersons } from './sums.js';
import { type Head, lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, showButton, type View } from './view.js';

/** The rest stands in a table that can be opened. */
const SHOWN = 20;
const BAR_WIDTH = 160;

export function departmentsPart(view: View): Markup | null {
  const { say, departments } = view;
  if (departments.length === 0) return null;
  const most = departments.reduce((max, one) => Math.max(max, one.departments > 1 ? 0 : holdingOf(one)), 0);
  const first = departments.slice(0, SHOWN);
  const rest = departments.slice(SHOWN);
  return section(view, 'departments', say.departments.title, [
    html`<p class="note">${say.departments.note}</p>`,
    html`<p class="legend"><span class="swatch exposed"></span>${say.departments.exposed} <span class="swatch unknown"></span>${say.departments.unknown} <span class="swatch protected"></span>${say.departments.protected}</p>`,
    departmentTable(view, first, most),
    ...(rest.length > 0
      ? [
          html`<details><summary>${say.departments.more} (${view.table.count(rest.reduce((sum, one) => sum + one.departments, 0))})</summary>${departmentTable(view, rest, most)}</details>`,
        ]
      : []),
  ]);
}

function departmentTable(view: View, departments: readonly DepartmentPersons[], most: number): Markup {
  const { say, table } = view;
  const { persons, exposed, unknown, violations, notExamined, files } = say.departments;
  const counts = [persons, exposed, unknown, say.departments.protected, violations, notExamined, files];
  const heads: Head[] = [[say.departments.department], [say.departments.share], ...counts.map((name): Head => [name, 'number'])];
  const lines = departments.map((one) => {
    const figures = [one.persons, one.exposed, one.unknown, one.protected, one.openViolations, one.notExamined, one.files];
    const cells = figures.map((count) => numberCell(table.count(count)));
    return lineOf(nameCell(view, one), [html`<td class="bar">${bar(one, most, say, table.count)}</td>`, ...cells]);
  });
  return scrolling(say.departments.title, tableOf(heads, lines));
}

function nameCell(view: View, one: DepartmentPersons): Markup {
  const { say, table } = view;
  if (one.departments > 1) return html`${say.departments.rest(table.count(one.departments))}`;
  const name = one.name === '' ? say.departments.directly : one.name;
  return html`${outside(name)} ${showButton(view, html`data-department="${one.name}"`, name)}`;
}

/** As long as there are files with personal data, at least so that one file can be seen. */
function bar(one: DepartmentPersons, most: number, say: View['say'], count: (value: number) => string): Markup {
  const label = say.departments.bar(count(one.exposed), count(one.unknown), count(one.protected));
  const scale = BAR_WIDTH / Math.max(1, most);
  let x = 0;
  const pieces = (['exposed', 'unknown', 'protected'] as const).map((name) => {
    const width = one[name] === 0 ? 0 : Math.max(2, Math.round(one[name] * scale));
    const piece = width === 0 ? null : html`<rect class="${name}" x="${x}" y="0" width="${width}" height="12"/>`;
    x += width;
    return piece;
  });
  return html`<svg viewBox="0 0 ${BAR_WIDTH + 6} 12" width="${BAR_WIDTH + 6}" height="12" role="img" aria-label="${label}">${pieces}</svg>`;
}

function holdingOf(one: DepartmentPersons): number {
  return one.exposed + one.unknown + one.protected;
}
