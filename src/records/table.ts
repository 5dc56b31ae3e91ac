/**
 * Reads one table: settles what its first rows are (a header with columns, columns without one, labels with values, or neither), then goes row by
 * row, and settles again where a new header stands. It holds a few dozen rows, however long the table is.
 */
import type { Row, TableBlock } from '../model.js';
import { describeColumns } from './column.js';
import { ColumnsReader } from './columns.js';
import { FormReader } from './form.js';
import { groupColumns } from './group.js';
import { guessName, guessSlots } from './guess.js';
import { findHeader, type Header, labelCount } from './header.js';
import { isOfficeAddress, type Labels, namesCompany } from './label.js';
import { CellPlace } from './row.js';
import type { Detectors, RelateSink } from './sink.js';
import { acceptedCell, type Slot } from './slot.js';

/** Filled rows that are read before the table is settled, and that its columns are judged by. */
const SAMPLE_ROWS = 64;
/** The same for a header further down, where a table is being read already. */
const NEXT_SAMPLE_ROWS = 24;

export class TableReader {
  readonly #detectors: Detectors;
  readonly #labels: Labels;
  readonly #sink: RelateSink;
  readonly #copy: boolean;
  readonly #place: CellPlace;
  #form: FormReader;
  #columns: ColumnsReader | null = null;
  /** Rows waiting to be settled, null while none wait. */
  #waiting: Row[] | null = [];
  #numbers: number[] = [];
  #sampleRows = SAMPLE_ROWS;

  constructor(detectors: Detectors, labels: Labels, sink: RelateSink, block: TableBlock) {
    this.#detectors = detectors;
    this.#labels = labels;
    this.#sink = sink;
    this.#copy = block.copy === true;
    this.#place = new CellPlace(block.where);
    this.#form = this.#newForm(false);
  }

  /** Rows must come in order; `number` counts from 1. */
  row(number: number, row: Row): void {
    if (row.length === 0) return;
    if (this.#waiting !== null) {
      this.#wait(number, row);
      return;
    }
    if (this.#columns === null) {
      if (labelCount(row, this.#labels) >= 2) this.#await(number, row);
      else this.#form.row(number, row);
      return;
    }
    if (this.#columns.row(number, row)) return;
    if (labelCount(row, this.#labels) > 0) this.#await(number, row);
    else if (!this.#columns.rest(number, row)) this.#form.row(number, row);
  }

  finish(): void {
    while (this.#waiting !== null && this.#waiting.length > 0) this.#settle();
    this.#columns?.finish();
    this.#form.finish();
  }

  #wait(number: number, row: Row): void {
    if (row.every((cell) => cell === '')) return;
    this.#waiting!.push(row);
    this.#numbers.push(number);
    if (this.#waiting!.length >= this.#sampleRows) this.#settle();
  }

  #await(number: number, row: Row): void {
    this.#sampleRows = NEXT_SAMPLE_ROWS;
    this.#waiting = [row];
    this.#numbers = [number];
  }

  /** Decides what the waiting rows are and reads them so. */
  #settle(): void {
    const rows = this.#waiting!;
    const numbers = this.#numbers;
    this.#waiting = null;
    this.#numbers = [];
    const next = this.#sampleRows === NEXT_SAMPLE_ROWS;
    const header = findHeader(rows, 0, this.#labels, next ? 0 : rows.length - 1);
    let from = 0;
    if (header !== null && !this.#isForm(rows, header)) {
      for (; from < header.first; from += 1) this.#form.row(numbers[from]!, rows[from]!);
      this.#open(rows, header);
      from = header.last + 1;
    } else if (next) {
      this.#form.row(numbers[0]!, rows[0]!);
      from = 1;
    } else this.#openWithout(rows);
    for (; from < rows.length; from += 1) this.#again(numbers[from]!, rows[from]!);
  }

  /** Reads a row that was waiting; while another settlement waits, behind it. */
  #again(number: number, row: Row): void {
    if (this.#waiting !== null) this.#wait(number, row);
    else this.row(number, row);
  }

  /** Labels above one row of values, then other labels: a form, whose fields belong to one person. */
  #isForm(rows: readonly Row[], header: Header): boolean {
    const next = findHeader(rows, header.last + 1, this.#labels);
    if (next === null || next.first > header.last + 2) return false;
    const kinds = (one: Header) =>
      new Set(one.labels.flatMap((label) => (label.carried ? [] : this.#labels.of(label.text).map((role) => role.kind))));
    const first = kinds(header);
    return [...kinds(next)].every((kind) => !first.has(kind));
  }

  #open(rows: readonly Row[], header: Header): void {
    const samples: Row[] = [];
    for (let at = header.last + 1; at < rows.length && labelCount(rows[at]!, this.#labels) < 2; at += 1) samples.push(rows[at]!);
    const columns = describeColumns(header, samples, this.#labels);
    const persons = groupColumns(columns, samples, this.#labels);
    const unnamed = columns
      .filter((column) => column.role === null && column.label !== '' && !namesCompany(column.label))
      .map((column) => column.at);
    if (persons.length === 1 && !persons[0]!.some((slot) => slot.kind === 'name')) {
      const name = guessName(unnamed, samples, this.#labels);
      if (name !== null) persons[0]!.push(name);
    }
    const known = columns.filter((column) => column.role !== null || isOfficeAddress(column.label)).map((column) => column.at);
    this.#use(persons, new Set(known));
  }

  /** No header: columns by their cells, else labels beside values, one person or a person a column. */
  #openWithout(rows: readonly Row[]): void {
    const slots = guessSlots(rows, this.#labels);
    if (slots.length > 0) this.#use([slots], new Set());
    else this.#form = this.#newForm(isTransposed(rows, this.#labels));
  }

  #use(persons: readonly (readonly Slot[])[], known: ReadonlySet<number>): void {
    this.#columns?.finish();
    this.#form.finish();
    this.#form = this.#newForm(false);
    this.#columns = new ColumnsReader({
      detectors: this.#detectors,
      sink: this.#sink,
      place: this.#place,
      copy: this.#copy,
      persons,
      known,
    });
  }

  #newForm(transposed: boolean): FormReader {
    return new FormReader({
      detectors: this.#detectors,
      labels: this.#labels,
      sink: this.#sink,
      place: this.#place,
      copy: this.#copy,
      transposed,
    });
  }
}

/** Rows of a label and at least two values each, more than one of them: every column is a person. */
function isTransposed(rows: readonly Row[], labels: Labels): boolean {
  let across = 0;
  for (const row of rows) {
    const filled = row.filter((cell) => cell !== '');
    const first = filled[0];
    if (typeof first !== 'string') continue;
    const role = labels.of(first)[0];
    if (role === undefined) continue;
    const values = filled
      .slice(1)
      .filter((cell) => acceptedCell(role.role, cell) !== null && !(typeof cell === 'string' && labels.of(cell).length > 0));
    if (values.length >= 2) across += 1;
  }
  return across >= 2;
}
