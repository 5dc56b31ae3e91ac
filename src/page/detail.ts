/** One file in a dialog: why it stands in the list, what was found where (masked), who can read it, and how its risk comes about. */
import type { Evidence, EvidenceItem, Profile, UiWords } from './data.js';
import { type Child, fill, make, outside, wordFor } from './dom.js';
import { ageText } from './grid.js';
import { riskPart } from './risk.js';
import type { Rows } from './rows.js';

export interface DetailOptions {
  readonly dialog: HTMLDialogElement;
  readonly rows: Rows;
  /** Read when the first file is looked at, not before; null as long as it has not arrived. */
  readonly evidence: () => Evidence | null;
  /** To the file before or after this one. */
  readonly onStep: (step: number) => void;
}

export interface Place {
  readonly row: number;
  readonly at: number;
  readonly of: number;
}

const RECORD_CLASSES = ['four', 'three', 'two', 'other'] as const;

export class Detail {
  private evidence: Evidence | null = null;
  private byRow: Map<number, Evidence['rows'][number]> = new Map();

  constructor(private readonly options: DetailOptions) {
    options.dialog.addEventListener('click', (event) => {
      const target = event.target as Element;
      if (target === options.dialog || target.closest('[data-close]')) options.dialog.close();
      const step = target.closest('[data-step]')?.getAttribute('data-step');
      if (step) options.onStep(Number(step));
    });
  }

  show(place: Place, ui: UiWords): void {
    const { dialog } = this.options;
    const step = document.activeElement?.getAttribute('data-step');
    dialog.replaceChildren(this.bar(place, ui), ...this.content(place.row, ui));
    dialog.setAttribute('aria-labelledby', 'detail-title');
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    // Who goes from file to file by a button keeps it under the finger.
    const again = step ? dialog.querySelector<HTMLButtonElement>(`[data-step="${step}"]:not(:disabled)`) : null;
    (again ?? dialog.querySelector<HTMLElement>('#detail-title'))?.focus();
  }

  private bar({ at, of }: Place, ui: UiWords): HTMLElement {
    const button = (label: string, attributes: Readonly<Record<string, string | number | null>>) =>
      make('button', { type: 'button', ...attributes }, [label]);
    return make('div', { class: 'bar' }, [
      button(ui.detail.previous, { 'data-step': -1, disabled: at === 0 ? '' : null }),
      button(ui.detail.next, { 'data-step': 1, disabled: at === of - 1 ? '' : null }),
      make('span', { class: 'place' }, [`${(at + 1).toLocaleString(ui.locale)} / ${of.toLocaleString(ui.locale)}`]),
      button(ui.detail.close, { 'data-close': '' }),
    ]);
  }

  private content(row: number, ui: UiWords): HTMLElement[] {
    const { rows } = this.options;
    const { data } = rows;
    const { columns } = data;
    const profile = data.profiles[columns.profile[row]!]!;
    const folder = data.folders[columns.folder[row]!]!;
    return [
      make('h2', { id: 'detail-title', tabindex: -1 }, [outside(columns.name[row]!)]),
      make('p', { class: 'path' }, [`${ui.detail.folder}: `, folder === '' ? ui.directly : outside(folder)]),
      make('p', {}, [
        make('span', { class: `chip ${profile.verdict}` }, [wordFor(ui.codes.verdicts, profile.verdict)]),
        ` ${profile.reasons.map((reason) => wordFor(ui.codes.reasons, reason)).join(ui.comma)}`,
      ]),
      this.facts(row, profile, ui),
      ...this.found(row, ui),
      ...riskPart(rows, row, ui),
    ];
  }

  private facts(row: number, profile: Profile, ui: UiWords): HTMLElement {
    const { columns, owners } = this.options.rows.data;
    const holding = this.options.rows.holdingOf(row);
    const { detail, codes } = ui;
    const number = (value: number) => value.toLocaleString(ui.locale);
    const count = holding.records.reduce((sum, one) => sum + one, 0);
    const classes = RECORD_CLASSES.flatMap((name, at) =>
      holding.records[at] === 0 ? [] : [`${wordFor(codes.recordClasses, name)} ${number(holding.records[at]!)}`],
    );
    const kinds = holding.kinds.map(([kind, records]) => `${wordFor(codes.kinds, kind)} ${number(records)}`);
    const age = columns.age[row]!;
    const { exception } = profile;
    const year = columns.year[row]!;
    const saved = columns.saved[row]!;
    const limit = profile.limitDays === null ? detail.noLimit : fill(detail.limit, { n: number(profile.limitDays) });
    const inside = profile.ageInside ? `${detail.ageInside}; ` : '';
    const broad = profile.broad.map((group) => wordFor(codes.broad, group)).join(ui.comma);
    const readers = profile.readers === null ? '' : fill(detail.readerCount, { n: number(profile.readers) });
    const isFile = profile.entry === 'file';
    const facts: [string, Child][] = [
      [detail.persons, count === 0 ? '' : number(holding.persons)],
      [detail.records, count === 0 ? '' : `${number(count)} (${classes.join(ui.comma)})`],
      [detail.kinds, kinds.join(ui.comma)],
      [detail.password, isFile ? [wordFor(codes.passwords, profile.password), profile.scheme ?? ''].filter(Boolean).join(' / ') : ''],
      [detail.access, wordFor(codes.access, profile.access)],
      [detail.readers, outside([broad, readers].filter(Boolean).join(ui.comma))],
      [detail.basis, outside(profile.accessReason)],
      [detail.lookedAt, profile.lookedAt ? '' : detail.notLookedAt],
      [detail.age, age < 0 ? ui.unknown : `${ageText(age, ui)} (${inside}${this.countedFrom(row, profile, ui)}; ${limit})`],
      [
        detail.documentSaved,
        saved === 0 || profile.basis === 'document'
          ? ''
          : profile.staleByDocument
            ? fill(detail.staleByDocument, { day: dateText(saved) })
            : dateText(saved),
      ],
      [
        detail.businessYear,
        year === 0
          ? ''
          : fill(detail.businessYearTold, { n: String(Math.abs(year)), name: wordFor(codes.yearTold, year < 0 ? 'folder' : 'name') }),
      ],
      [
        detail.exception,
        exception === null
          ? ''
          : outside(fill(detail.exceptionTold, { reason: exception.reason, approver: exception.approver, day: exception.expires })),
      ],
      [detail.examined, wordFor(codes.examined, profile.examined)],
      [detail.problems, profile.problems.map((problem) => wordFor(codes.problems, problem)).join(ui.comma)],
      [detail.format, isFile ? wordFor(codes.formats, profile.format) : wordFor(codes.entries, profile.entry)],
      [detail.size, isFile ? sizeText(columns.bytes[row]!, ui) : ''],
      [detail.owner, outside(owners[columns.owner[row]!]!)],
    ];
    const shown = facts.filter(([, value]) => (typeof value === 'string' ? value : (value.textContent ?? '')) !== '');
    return make(
      'dl',
      {},
      shown.flatMap(([name, value]) => [make('dt', {}, [name]), make('dd', {}, [value])]),
    );
  }

  /** From what the age was counted; the last change stands beside it where it was not that. */
  private countedFrom(row: number, { basis }: Profile, ui: UiWords): string {
    const { columns } = this.options.rows.data;
    const date = columns.date[row]!;
    const told = (code: string, day: string) => `${wordFor(ui.codes.retentionBases, code)} ${day}`.trimEnd();
    const changed = told('modified', date === 0 ? ui.unknown : dateText(date));
    if (basis === 'modified') return changed;
    const saved = columns.saved[row]!;
    const day = basis === 'business-year' ? `${Math.abs(columns.year[row]!) + 1}-03-31` : saved === 0 ? '' : dateText(saved);
    return `${told(basis, day)}; ${changed}`;
  }

  private found(row: number, ui: UiWords): HTMLElement[] {
    const evidence = this.load();
    const found = this.byRow.get(row);
    const { detail } = ui;
    if (evidence === null) return [];
    if (!found) return row < evidence.endRow || !this.holds(row) ? [] : [make('p', { class: 'note' }, [detail.evidenceElsewhere])];
    const [, items, members, memberCount] = found;
    const parts: HTMLElement[] = [];
    if (items.length > 0) {
      parts.push(make('h3', {}, [detail.evidence]), make('p', { class: 'note' }, [detail.evidenceNote]), this.table(evidence, items, ui));
    }
    if (members.length > 0) {
      const list = members.map(([name, verdict, records]) =>
        make('li', {}, [
          outside(name),
          ` ${wordFor(ui.codes.verdicts, verdict)}${records > 0 ? ` ${records.toLocaleString(ui.locale)}` : ''}`,
        ]),
      );
      const more = memberCount - members.length;
      if (more > 0) list.push(make('li', {}, [fill(detail.insideMore, { n: more.toLocaleString(ui.locale) })]));
      parts.push(make('h3', {}, [detail.inside]), make('ul', {}, list));
    }
    return parts;
  }

  private holds(row: number): boolean {
    return this.options.rows.data.columns.holding[row] !== 0;
  }

  private table(evidence: Evidence, items: readonly EvidenceItem[], ui: UiWords): HTMLElement {
    const { detail, codes } = ui;
    const heads = [detail.place, detail.kind, detail.masked, detail.confidence, detail.why];
    const rows = items.map((item) => {
      const sort = evidence.sorts[item[0]]!;
      const cells: Child[] = [
        outside(placeText(evidence, item, ui)),
        wordFor(codes.kinds, sort.kind),
        outside(evidence.masked[item[1]]!),
        wordFor(codes.strengths, sort.confidence),
        outside(sort.why.map((code) => wordFor(codes.why, code)).join(ui.comma)),
      ];
      return make(
        'tr',
        {},
        cells.map((child) => make('td', {}, [child])),
      );
    });
    const head = make(
      'tr',
      {},
      heads.map((text) => make('th', { scope: 'col' }, [text])),
    );
    const table = make('table', {}, [
      make('caption', { class: 'unseen' }, [detail.evidence]),
      make('thead', {}, [head]),
      make('tbody', {}, rows),
    ]);
    return make('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': detail.evidence }, [table]);
  }

  private load(): Evidence | null {
    if (this.evidence === null) {
      this.evidence = this.options.evidence();
      this.byRow = new Map(this.evidence?.rows.map((row) => [row[0], row]));
    }
    return this.evidence;
  }
}

/** As report/place.ts says it. */
function placeText(evidence: Evidence, [sort, , line, cell]: EvidenceItem, ui: UiWords): string {
  const { sheet, page, part, member } = evidence.sorts[sort]!;
  const { where } = ui;
  const parts: string[] = member === undefined ? [] : [`${member} >`];
  if (part === 'path') return [...parts, where.path].join(' ');
  if (page !== undefined) parts.push(fill(where.page, { n: String(page) }));
  if (sheet !== undefined) parts.push(cell === '' ? sheet : `${sheet}!${cell}`);
  if (line > 0) parts.push(fill(cell === '' ? where.line : where.row, { n: String(line) }));
  if (sheet === undefined && cell !== '') parts.push(fill(where.column, { n: cell }));
  if (part !== undefined) parts.push(`(${wordFor(ui.codes.parts, part)})`);
  return parts.join(' ');
}

function dateText(date: number): string {
  const text = String(date).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

function sizeText(bytes: number, ui: UiWords): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let at = 0;
  let size = bytes;
  for (; size >= 1000 && at < units.length - 1; at++) size /= 1000;
  return `${size.toLocaleString(ui.locale, { maximumFractionDigits: size < 10 && at > 0 ? 1 : 0 })} ${units[at]}`;
}
