/**
 * The list of work as an ARIA grid that holds only the rows in sight: a hundred thousand rows scroll like fifty. The grid itself has the focus and names its
 * active row, so that rows can be used again for others while it scrolls.
 */
import type { UiWords } from './data.js';
import { fill, make, outside, wordFor } from './dom.js';
import { type Rows, SORT_KEYS, type SortKey } from './rows.js';

/** Rows above and below what is in sight. */
const SPARE_ROWS = 6;

const COLUMNS = ['risk', 'verdict', 'file', 'reasons', 'persons', 'records', 'age'] as const;

export interface GridOptions {
  readonly element: HTMLElement;
  readonly rows: Rows;
  readonly onOpen: (place: number) => void;
  readonly onSort: (key: SortKey) => void;
}

export class Grid {
  private readonly head = make('div', { role: 'row', class: 'row head', 'aria-rowindex': 1 });
  private readonly body = make('div', { role: 'rowgroup', class: 'rows' });
  private readonly pool = new Map<number, HTMLElement>();
  private found = new Uint32Array(0);
  private active = 0;
  private rowHeight = 52;
  private ui: UiWords | null = null;
  private sort: { key: SortKey; up: boolean } = { key: 'risk', up: false };

  constructor(private readonly options: GridOptions) {
    const { element } = options;
    element.append(make('div', { role: 'rowgroup', class: 'heads' }, [this.head]), this.body);
    element.setAttribute('aria-colcount', String(COLUMNS.length));
    element.addEventListener('scroll', () => this.draw(), { passive: true });
    element.addEventListener('keydown', (event) => this.onKey(event));
    element.addEventListener('click', (event) => this.onClick(event));
    new ResizeObserver(() => {
      if (this.measure()) this.clear();
      this.draw();
    }).observe(element);
  }

  /** Shows these rows from the first one on. */
  show(found: Uint32Array, ui: UiWords, sort: { key: SortKey; up: boolean }): void {
    this.found = found as Uint32Array<ArrayBuffer>;
    this.ui = ui;
    this.sort = sort;
    this.active = 0;
    const { element } = this.options;
    element.setAttribute('aria-rowcount', String(found.length + 1));
    element.setAttribute('aria-label', ui.gridName);
    this.drawHead(ui);
    element.scrollTop = 0;
    this.clear();
    this.measure();
    this.body.style.height = `${found.length * this.rowHeight}px`;
    this.draw();
  }

  get length(): number {
    return this.found.length;
  }

  rowAt(place: number): number {
    return this.found[place]!;
  }

  /** Makes this place the active one and brings it into sight. */
  activate(place: number): void {
    if (this.found.length === 0) return;
    this.active = Math.max(0, Math.min(this.found.length - 1, place));
    const { element } = this.options;
    const top = this.active * this.rowHeight;
    const inSight = element.clientHeight - this.head.offsetHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + this.rowHeight > element.scrollTop + inSight) element.scrollTop = top + this.rowHeight - inSight;
    this.draw();
  }

  /** A narrow window has higher rows. True when that has changed. */
  private measure(): boolean {
    const height = Number.parseFloat(getComputedStyle(this.options.element).getPropertyValue('--row-height'));
    if (!(height > 0) || height === this.rowHeight) return false;
    this.rowHeight = height;
    this.body.style.height = `${this.found.length * height}px`;
    return true;
  }

  private clear(): void {
    for (const row of this.pool.values()) row.remove();
    this.pool.clear();
  }

  private draw(): void {
    const { element } = this.options;
    const first = Math.max(0, Math.floor(element.scrollTop / this.rowHeight) - SPARE_ROWS);
    const last = Math.min(this.found.length, Math.ceil((element.scrollTop + element.clientHeight) / this.rowHeight) + SPARE_ROWS);
    for (const [place, row] of this.pool) {
      if (place >= first && place < last) continue;
      row.remove();
      this.pool.delete(place);
    }
    for (let place = first; place < last; place++) {
      if (!this.pool.has(place)) this.pool.set(place, this.insert(place));
    }
    for (const [place, row] of this.pool) {
      const isActive = place === this.active;
      row.classList.toggle('active', isActive);
      row.setAttribute('aria-selected', String(isActive));
    }
    if (this.pool.has(this.active)) element.setAttribute('aria-activedescendant', `row-${this.active}`);
    else element.removeAttribute('aria-activedescendant');
  }

  /** In the order of places, so that a reader meets the rows as they are seen. */
  private insert(place: number): HTMLElement {
    const row = make('div', { role: 'row', class: 'row', id: `row-${place}`, 'aria-rowindex': place + 2 }, this.cells(this.found[place]!));
    row.style.transform = `translateY(${place * this.rowHeight}px)`;
    let after: HTMLElement | null = null;
    for (const [other, element] of this.pool) if (other > place && (after === null || other < placeOf(after))) after = element;
    this.body.insertBefore(row, after);
    return row;
  }

  private cells(row: number): HTMLElement[] {
    const { rows } = this.options;
    const ui = this.ui!;
    const { columns, folders, profiles } = rows.data;
    const profile = profiles[columns.profile[row]!]!;
    const count = (value: number): string => (value === 0 ? '' : value.toLocaleString(ui.locale));
    const risk = columns.risk[row]!;
    const folder = folders[columns.folder[row]!]!;
    const age = columns.age[row]!;
    const reasons = [...profile.reasons.map((reason) => wordFor(ui.codes.reasons, reason)), ...problemWords(profile.problems, ui)];
    return [
      cell('risk', [risk === 0 ? '' : (risk / 10).toFixed(1)]),
      cell('verdict', [make('span', { class: `chip ${profile.verdict}` }, [wordFor(ui.codes.verdicts, profile.verdict)])]),
      cell('file', [
        make('span', { class: 'name' }, [outside(columns.name[row]!)]),
        make('span', { class: 'folder' }, [folder === '' ? ui.directly : outside(folder)]),
      ]),
      cell('reasons', [reasons.join(ui.comma)]),
      cell('persons', [count(rows.personsOf(row))]),
      cell('records', [count(rows.recordsOf(row))]),
      cell('age', [age < 0 ? '' : ageText(age, ui)]),
    ];
  }

  private drawHead(ui: UiWords): void {
    this.head.replaceChildren(
      ...COLUMNS.map((column, at) => {
        const key = SORT_KEYS.find((one) => one === column);
        const isSorted = this.sort.key === column;
        // Paths run upwards from A, all else downwards from the worst.
        const direction = isSorted ? ((column === 'file') !== this.sort.up ? 'ascending' : 'descending') : null;
        const label = ui.columns[column];
        const arrow = direction === null ? '' : direction === 'ascending' ? ' ▲' : ' ▼';
        const attributes = { type: 'button', class: 'sort', 'data-sort': key ?? null };
        const content = key === undefined ? label : make('button', attributes, [label, make('span', { 'aria-hidden': 'true' }, [arrow])]);
        const cellAttributes = { role: 'columnheader', class: `cell ${column}`, 'aria-colindex': at + 1, 'aria-sort': direction };
        return make('div', cellAttributes, [content]);
      }),
    );
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const key = target.closest('[data-sort]')?.getAttribute('data-sort') as SortKey | null | undefined;
    if (key) {
      this.options.onSort(key);
      this.head.querySelector<HTMLElement>(`[data-sort="${key}"]`)?.focus();
      return;
    }
    const row = target.closest<HTMLElement>('.rows > .row');
    if (!row || String(getSelection()) !== '') return;
    this.open(placeOf(row));
  }

  private open(place: number): void {
    this.activate(place);
    this.options.onOpen(place);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.options.element || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.options.element.clientHeight / this.rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.found.length,
      End: this.found.length,
    };
    if (event.key === 'Enter' || event.key === ' ') {
      if (this.found.length > 0) this.open(this.active);
    } else if (Object.hasOwn(steps, event.key)) this.activate(this.active + steps[event.key]!);
    else return;
    event.preventDefault();
  }
}

function cell(name: string, children: readonly (Node | string)[]): HTMLElement {
  return make('div', { role: 'gridcell', class: `cell ${name}` }, children);
}

function placeOf(row: HTMLElement): number {
  return Number(row.id.slice('row-'.length));
}

function problemWords(problems: readonly string[], ui: UiWords): string[] {
  return problems.map((problem) => wordFor(ui.codes.problems, problem));
}

/** Days below two years, then years with one decimal. */
export function ageText(days: number, ui: UiWords): string {
  if (days < 730) return fill(ui.days, { n: days.toLocaleString(ui.locale) });
  return fill(ui.years, { n: (Math.floor(days / 36.525) / 10).toLocaleString(ui.locale) });
}
