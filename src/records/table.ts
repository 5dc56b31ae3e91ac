/**
 * Reads one table: settles what its first rows are (a header with columns, columns without one, labels with values, or neither), then goes row by
 * row, and settles again where a new header stands. It holds a few dozen rows, however long the table is.
 */
import type { Kind } from '../../detectors/contract.js';
import type { Row, TableBlock } from '../model.js';
import { type Aside, setAside, sharesAddress } from './aside.js';
import { CarriedPerson } from './carried.js';
import { describeColumns } from './column.js';
import { ColumnsReader } from './columns.js';
import { type FoldedRow, findFolding, foldedHeader, RowFolder } from './folded.js';
import { FormReader } from './form.js';
import type { Carried } from './gather.js';
import { groupColumns } from './group.js';
import { guessSlots } from './guess.js';
import { findHeader, type Header, isHeaderLike, labelCount } from './header.js';
import { isOfficeAddress, type Labels } from './label.js';
import { guessList, ListReader, type ListShape } from './list.js';
import { CellPlace } from './row.js';
import type { Detectors, RelateSink } from './sink.js';
import type { Slot } from './slot.js';
import { isHeadingOver, isTransposed } from './transposed.js';
import { addUnlabelled } from './unlabelled.js';

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
  readonly #carried: CarriedPerson;
  #form: FormReader;
  #columns: ColumnsReader | null = null;
  #list: ListReader | null = null;
  /** Where a record takes several rows. */
  #folder: RowFolder | null = null;
  /** Rows waiting to be settled, null while none wait. */
  #waiting: Row[] | null = [];
  #numbers: number[] = [];
  #sampleRows = SAMPLE_ROWS;

  /** `carried`: who the text before the table was about, which goes to the table's first form or stands alone. */
  constructor(detectors: Detectors, labels: Labels, sink: RelateSink, block: TableBlock, carried: Carried | null = null) {
    this.#detectors = detectors;
    this.#labels = labels;
    this.#sink = sink;
    this.#copy = block.copy === true;
    this.#place = new CellPlace(block.where);
    this.#carried = new CarriedPerson(carried, sink);
    this.#form = this.#newForm(false);
  }

  /** Rows must come in order; `number` counts from 1. */
  row(number: number, row: Row): void {
    if (this.#waiting !== null) {
      this.#wait(number, row);
      return;
    }
    if (this.#folder !== null) {
      this.#fold(this.#folder, number, row);
      return;
    }
    if (row.length === 0) return;
    if (this.#columns === null) {
      if (labelCount(row, this.#labels) >= 2) this.#await(number, row);
      else if (!this.#isListed(number, row)) this.#form.row(number, row);
      return;
    }
    if (this.#columns.row(number, row)) return;
    if (labelCount(row, this.#labels) > 0) this.#await(number, row);
    else if (!this.#columns.rest(number, row)) this.#form.row(number, this.#columns.withoutAside(number, row));
  }

  finish(): void {
    while (this.#waiting !== null && this.#waiting.length > 0) this.#settle();
    this.#unfold();
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

  #fold(folder: RowFolder, number: number, row: Row): void {
    if (labelCount(row, this.#labels) === 0) for (const folded of folder.take(number, row)) this.#folded(folded);
    else {
      this.#unfold();
      this.#await(number, row);
    }
  }

  #folded({ number, row, rows }: FoldedRow): void {
    const columns = this.#columns!;
    if (columns.row(number, row) || columns.rest(number, row)) return;
    for (const [at, one] of rows.entries()) this.#form.row(number + at, one);
  }

  /** Ends a table of folded rows. */
  #unfold(): void {
    const folder = this.#folder;
    this.#folder = null;
    for (const folded of folder?.finish() ?? []) this.#folded(folded);
    this.#place.width = 0;
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
    if (header !== null && isHeadingOver(rows, header, this.#labels)) {
      for (; from < header.first; from += 1) this.#form.row(numbers[from]!, rows[from]!);
      this.#close();
      this.#form = this.#newForm(true);
      from = header.last + 1;
    } else if (header !== null && !this.#isForm(rows, header)) {
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

  /** A row of one cell that holds a whole person. */
  #isListed(number: number, row: Row): boolean {
    const column = this.#list === null ? -1 : onlyText(row);
    if (column < 0) return false;
    this.#place.row = number;
    return this.#list!.line(row[column] as string, this.#place.where(column));
  }

  /** Labels above one row of values, then other labels: a form, whose fields belong to one person. */
  #isForm(rows: readonly Row[], header: Header): boolean {
    const kinds = this.#kindsOf(header);
    // One that begins further down is another table's, whatever it is.
    const next = findHeader(rows, header.last + 1, this.#labels, Math.min(header.last + 2, rows.length - 1));
    // Nothing but one row below: it goes on with the form that is open, if that lacks what is asked here.
    if (next === null) return this.#columns === null && rows.length <= header.last + 2 && this.#form.lacks(kinds);
    return [...this.#kindsOf(next)].every((kind) => !kinds.has(kind));
  }

  #kindsOf(header: Header): Set<Kind> {
    return new Set(header.labels.flatMap((label) => (label.carried ? [] : this.#labels.of(label.text).map((one) => one.kind))));
  }

  #open(rows: readonly Row[], found: Header): void {
    const below: Row[] = [];
    for (let at = found.last + 1; at < rows.length && !isHeaderLike(rows[at]!, this.#labels); at += 1) below.push(rows[at]!);
    const folding = findFolding([...rows.slice(0, found.last + 1), ...below], found, this.#labels);
    const header = folding === null ? found : foldedHeader(rows, found, folding);
    const samples = folding === null ? below : foldAll(new RowFolder(folding), below);
    const columns = describeColumns(header, samples, this.#labels);
    const persons = groupColumns(columns, samples, this.#labels);
    for (const slots of persons) addUnlabelled(slots, columns, samples, this.#labels);
    const known = columns.filter((column) => column.role !== null || isOfficeAddress(column.label)).map((column) => column.at);
    this.#use(persons, new Set(known), setAside(columns, persons), persons.length === 1 && sharesAddress(persons[0]!, samples));
    if (folding === null) return;
    this.#folder = new RowFolder(folding);
    this.#place.width = folding.width;
  }

  /** No header: columns by their cells, else a person in each cell, else labels beside values, one person or a person a column. */
  #openWithout(rows: readonly Row[]): void {
    const slots = guessSlots(rows, this.#labels);
    if (slots.length > 0) {
      this.#use([slots], new Set(), [], false);
      return;
    }
    const list = guessCells(rows, this.#labels);
    if (list !== null) this.#list = new ListReader(list, this.#sink, this.#copy, false);
    this.#form = this.#newForm(isTransposed(rows, this.#labels));
  }

  /** Ends what is read so far, so that another table can begin. */
  #close(): void {
    this.#columns?.finish();
    this.#columns = null;
    this.#form.finish();
  }

  #use(persons: readonly (readonly Slot[])[], known: ReadonlySet<number>, aside: readonly Aside[], shared: boolean): void {
    this.#close();
    this.#form = this.#newForm(false);
    this.#columns = new ColumnsReader({
      detectors: this.#detectors,
      sink: this.#sink,
      place: this.#place,
      copy: this.#copy,
      persons,
      known,
      aside,
      shared,
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
      carried: this.#carried,
    });
  }
}

function foldAll(folder: RowFolder, rows: readonly Row[]): Row[] {
  const folded = rows.flatMap((row, at) => folder.take(at, row));
  return [...folded, ...folder.finish()].map((one) => one.row);
}

/** The shape of a column in which each cell holds a whole person. */
function guessCells(rows: readonly Row[], labels: Labels): ListShape | null {
  const lines = rows.flatMap((row) => {
    const column = onlyText(row);
    return column < 0 ? [] : [row[column] as string];
  });
  return lines.length * 2 >= rows.length ? guessList(lines, labels) : null;
}

/** The column of the one cell of a row that holds text; -1 when it has none, or several. A running number does not count. */
function onlyText(row: Row): number {
  let only = -1;
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at]!;
    if (cell === '' || typeof cell !== 'string' || /^\d{1,6}$/.test(cell)) continue;
    if (only >= 0) return -1;
    only = at;
  }
  return only;
}
