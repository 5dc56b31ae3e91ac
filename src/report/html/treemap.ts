/**
 * Where unprotected personal data is piled up: a treemap of folders by their distinct persons, laid out here, so that the page needs no code for it. Two levels
 * (department, folder in it), the largest of each; what is left is one area, counted as exactly as the others.
 */
import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy';
import { showText } from '../escape.js';
import { widthOf } from '../layout.js';
import type { HtmlInput } from './input.js';
import { html, type Markup, outside } from './markup.js';
import type { DepartmentPersons, PlaceSum, Sums } from './sums.js';
import { type Head, lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, showButton, type View } from './view.js';

const DEPARTMENTS_MAX = 11;
const FOLDERS_MAX = 5;
const WIDTH = 960;
const HEIGHT = 440;
const HEAD = 22;
/** Half a full-width character at the size of a label. */
const HALF_CHAR = 6.6;
const LABEL_PAD = 6;
/** A name is cut to no less than this, in half-width characters. */
const LABEL_WIDTH_MIN = 8;
/** Where one colour ends and the next begins. */
const RISK_STEPS: readonly number[] = [0, 30, 60, 80, 100];

export interface Area {
  /** Null for what is left over. */
  readonly name: string | null;
  readonly persons: number;
  readonly files: number;
  readonly risk: number;
  readonly folders: readonly Area[];
}

type Places = readonly PlaceSum[];

/** The areas with their exact persons, largest first. */
export function areasOf(sums: Sums, counted: readonly DepartmentPersons[], countPersons: HtmlInput['countPersons']): Area[] {
  const known = new Map(counted.filter(({ departments }) => departments === 1).map(({ name, persons }) => [name, persons]));
  const departments = [...sums.places]
    .map(([name, places]) => ({ name, places: [...places.values()].sort(morePersons) }))
    .sort((a, b) => personSum(b.places) - personSum(a.places));
  const areas = departments.slice(0, DEPARTMENTS_MAX).map(({ name, places }) => {
    const shown = places.slice(0, FOLDERS_MAX).map((place) => area(place.name, [place], countPersons));
    const rest = places.slice(FOLDERS_MAX);
    const folders = rest.length === 0 ? shown : [...shown, area(null, rest, countPersons)];
    const persons = known.get(name);
    const whole = area(name, places, persons === undefined ? countPersons : () => persons);
    // A department without folders is one area.
    return { ...whole, folders: places.length === 1 && places[0]!.name === '' ? [] : folders };
  });
  const rest = departments.slice(DEPARTMENTS_MAX).flatMap(({ places }) => places);
  return rest.length === 0 ? areas : [...areas, area(null, rest, countPersons)];
}

export function mapPart(view: View, areas: readonly Area[]): Markup {
  const { say, table } = view;
  if (areas.length === 0) return section(view, 'map', say.map.title, html`<p>${say.map.none}</p>`);
  const steps = RISK_STEPS.slice(1).map((end, at) => say.map.risk(RISK_STEPS[at]!, end));
  const places = areas.reduce((sum, { folders }) => sum + Math.max(1, folders.length), 0);
  return section(view, 'map', say.map.title, [
    html`<p class="note">${say.map.note}</p>`,
    html`<p class="legend">${say.map.legend}: ${steps.map((step, at) => html`<span class="swatch risk${at}"></span>${step} `)}</p>`,
    scrolling(
      say.map.title,
      html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${say.map.label(table.count(places))}">${draw(view, areas)}</svg>`,
      'chart',
    ),
    html`<details><summary>${say.map.table}</summary>${areaTable(view, areas)}</details>`,
  ]);
}

function draw(view: View, areas: readonly Area[]): Markup[] {
  const whole: Area = { name: '', persons: 0, files: 0, risk: 0, folders: areas };
  const root = hierarchy(whole, ({ folders }) => (folders.length > 0 ? [...folders] : null))
    // A record whose person nobody can tell apart still takes a place.
    .sum((node) => (node.folders.length > 0 ? 0 : Math.max(1, node.persons)))
    .sort((a, b) => Number(a.data.name === null) - Number(b.data.name === null) || (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Area>().size([WIDTH, HEIGHT]).paddingTop(HEAD).paddingInner(2).round(true)(root);
  return (laid.children ?? []).flatMap((department) =>
    department.children
      ? [department, ...department.children].map((node) => box(view, node, department))
      : [box(view, department, department)],
  );
}

function box({ say, table }: View, node: HierarchyRectangularNode<Area>, department: HierarchyRectangularNode<Area>): Markup {
  const { x0, y0, x1, y1, data } = node;
  const [width, height] = [x1 - x0, y1 - y0];
  const isDepartment = node === department;
  const name = nameOf(data.name, isDepartment, say);
  const persons = table.persons(data.persons);
  const title = `${isDepartment ? '' : `${nameOf(department.data.name, true, say)} / `}${name}: ${persons}, ${say.map.files} ${table.files(data.files)}`;
  const query = queryOf(node, department);
  const step = Math.min(
    RISK_STEPS.length - 2,
    RISK_STEPS.findLastIndex((from) => data.risk >= from),
  );
  const head = isDepartment && node.children !== undefined;
  const places = height < HEAD ? [] : [fitted(name, width), height < 2 * HEAD ? '' : whole(persons, width)];
  const labels = head ? [headLabel(name, persons, width)] : places;
  const texts = labels.map((label, at) =>
    label === ''
      ? null
      : html`<text x="${x0 + LABEL_PAD}" y="${y0 + 16 + at * 18}"${at > 0 ? html` class="persons"` : null}>${label}</text>`,
  );
  return html`<g class="${head ? 'head' : `area risk${step}`}"${query}><title>${title}</title><rect x="${x0}" y="${y0}" width="${width}" height="${height}"/>${texts}</g>`;
}

/** What a click asks the list for. */
function queryOf(node: HierarchyRectangularNode<Area>, department: HierarchyRectangularNode<Area>): Markup | null {
  const name = department.data.name;
  if (name === null || name === '') return null;
  const folder = node === department ? null : node.data.name;
  return folder === null || folder === ''
    ? html` data-department="${name}"`
    : html` data-department="${name}" data-query="${`${name}/${folder}`}"`;
}

/** A number is shown whole or not at all: cut, it would be another one. */
function whole(text: string, width: number): string {
  return widthOf(text) <= roomOf(width) ? text : '';
}

function headLabel(name: string, persons: string, width: number): string {
  const both = `${name}  ${persons}`;
  return widthOf(showText(both)) <= roomOf(width) ? both : fitted(name, width);
}

/**
 * The name, or its beginning with a mark where it was cut; '' when too little of it would stand there. It is measured as it will be shown, and not yet
 * escaped: the markup does that.
 */
function fitted(text: string, width: number): string {
  const room = roomOf(width);
  const shownWidth = (part: string) => widthOf(showText(part));
  if (shownWidth(text) <= room) return text;
  let cut = '';
  for (const char of text) {
    if (shownWidth(cut + char) > room - 1) break;
    cut += char;
  }
  return shownWidth(cut) < LABEL_WIDTH_MIN ? '' : `${cut}…`;
}

/** In half-width characters. */
function roomOf(width: number): number {
  return Math.floor((width - 2 * LABEL_PAD) / HALF_CHAR);
}

function areaTable(view: View, areas: readonly Area[]): Markup {
  const { say, table } = view;
  const line = (area: Area, name: Markup, query: Markup | null) =>
    lineOf(query === null ? name : html`${name} ${showButton(view, query, area.name ?? '')}`, [
      numberCell(table.count(area.persons)),
      numberCell(table.count(area.files)),
      numberCell(area.risk.toFixed(1)),
    ]);
  const lines = areas.flatMap((area) => {
    const name = nameOf(area.name, true, say);
    const own = line(area, outside(name), area.name ? html`data-department="${area.name}"` : null);
    const folders = area.folders.map((folder) => {
      const query = area.name && folder.name ? html`data-department="${area.name}" data-query="${`${area.name}/${folder.name}`}"` : null;
      return line(folder, html`${outside(name)} / ${outside(nameOf(folder.name, false, say))}`, query);
    });
    return [own, ...folders];
  });
  const heads: Head[] = [[say.map.folder], [say.map.persons, 'number'], [say.map.files, 'number'], [say.map.worst, 'number']];
  return scrolling(say.map.table, tableOf(heads, lines));
}

function nameOf(name: string | null, isDepartment: boolean, say: View['say']): string {
  if (name === null) return say.map.others;
  return name === '' ? (isDepartment ? say.departments.directly : say.map.directly) : name;
}

function area(name: string | null, places: Places, countPersons: HtmlInput['countPersons']): Area {
  const contents = new Set<number>();
  for (const place of places) for (const content of place.contents) contents.add(content);
  return {
    name,
    persons: contents.size === 0 ? 0 : countPersons(contents),
    files: places.reduce((sum, { files }) => sum + files, 0),
    risk: places.reduce((max, { risk }) => Math.max(max, risk), 0),
    folders: [],
  };
}

function morePersons(a: PlaceSum, b: PlaceSum): number {
  return b.personSum - a.personSum || b.files - a.files;
}

function personSum(places: Places): number {
  return places.reduce((sum, place) => sum + place.personSum, 0);
}
