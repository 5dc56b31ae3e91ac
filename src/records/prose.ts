/** Searches running text and hands what it finds to the gatherer. Short blocks are searched together, so that a label sees the value on the next line. */
import type { Dropped, Match } from '../../detectors/contract.js';
import type { TextBlock, Where } from '../model.js';
import { type Carried, Gatherer, isTaken } from './gather.js';
import type { Labels } from './label.js';
import { findLabelled, withLabelled } from './labelled-lines.js';
import { type LinePlace, LinePlaces, type Piece } from './line-places.js';
import { guessList, ListReader } from './list.js';
import { withoutCounted } from './number-prior.js';
import { isOffice } from './office.js';
import type { Detectors, RelateSink } from './sink.js';
import type { TextHeading } from './text-region.js';
import { NO_TABLES, readTextTables } from './text-table.js';

/** Blocks are joined up to this many code units; larger ones are searched alone. */
const JOINED_UNITS_MAX = 4_096;

export class ProseReader {
  readonly #detectors: Detectors;
  readonly #labels: Labels;
  readonly #sink: RelateSink;
  readonly #gatherer: Gatherer;
  #texts: string[] = [];
  #pieces: Piece[] = [];
  #units = 0;
  #copy = false;
  /** Of a table in the text that was searched last, if it may go on. */
  #heading: TextHeading | null = null;
  readonly #failures = new Map<string, number>();
  /** Of the document: how much stood before the joined text. */
  #offset = 0;
  #line = 0;
  #unit = 0;

  constructor(detectors: Detectors, labels: Labels, sink: RelateSink) {
    this.#detectors = detectors;
    this.#labels = labels;
    this.#sink = sink;
    this.#gatherer = new Gatherer(sink);
  }

  text(block: TextBlock): void {
    const last = this.#pieces[this.#pieces.length - 1];
    const copy = block.copy === true;
    if (last !== undefined && (!continues(last.where, block.where) || copy !== this.#copy)) this.finish();
    if (this.#units + block.text.length > JOINED_UNITS_MAX) this.#search();
    this.#copy = copy;
    this.#pieces.push({ where: block.where, start: this.#units });
    this.#texts.push(block.text);
    this.#units += block.text.length + 1;
  }

  /** Ends a run of text: what follows is of another place. */
  finish(): void {
    this.#search();
    this.#heading = null;
    this.#gatherer.finish();
  }

  /** Ends a run of text before a table: what is open may be the person whose form the table is. */
  take(): Carried | null {
    this.#search();
    return this.#gatherer.take({ start: this.#offset, line: this.#line });
  }

  #search(): void {
    if (this.#pieces.length === 0) return;
    const text = this.#texts.length === 1 ? this.#texts[0]! : this.#texts.join('\n');
    const places = new LinePlaces(text, this.#pieces);
    // Letters of a scan are misread and its gaps guessed: where something stands says little there.
    const isScan = this.#pieces[0]!.where.part === 'ocr';
    this.#texts = [];
    this.#pieces = [];
    this.#units = 0;
    const onDropped = this.#onDropped(places);
    const found = withLabelled(this.#detectors.find(text, onDropped), findLabelled(text, this.#labels));
    const matches = withoutCounted(found, onDropped);
    const options = {
      detectors: this.#detectors,
      labels: this.#labels,
      sink: this.#sink,
      copy: this.#copy,
      heading: this.#heading,
      failures: this.#failures,
    };
    const tables = isScan ? NO_TABLES : readTextTables(text, places, options);
    this.#heading = tables.open;
    const tabled = tables.lines;
    const listed = this.#readList(text, matches, places, tabled);
    const isRead = (at: number) => tabled.has(at) || listed?.has(at) === true;
    let line = 0;
    let unit = this.#unit;
    let before = 0;
    for (const match of matches) {
      if ((tabled.size > 0 || listed !== null) && isRead(places.lineAt(match.start))) continue;
      if (isTaken(match)) {
        const passed = countUnits(text, before, match.start);
        line += passed.lines;
        unit += passed.lines + passed.stops;
        before = match.start;
        this.#gather(match, line, unit, isOffice(match, text));
      }
      if (this.#sink.wantsFindings) tellMatch(match, places.at(match.start), this.#sink);
    }
    const rest = countUnits(text, before, text.length);
    this.#offset += text.length + 1;
    this.#line += line + rest.lines + 1;
    this.#unit = unit + rest.lines + rest.stops + 1;
  }

  #gather(match: Match, line: number, unit: number, office: boolean): void {
    const { kind, normal } = match;
    const [start, end] = [this.#offset + match.start, this.#offset + match.end];
    this.#gatherer.add({ kind, normal, start, end, line: this.#line + line, unit, office }, this.#copy);
  }

  #onDropped(places: LinePlaces): ((drop: Dropped) => void) | undefined {
    if (!this.#sink.wantsDropped) return undefined;
    return (drop) => {
      const place = places.at(drop.start);
      this.#sink.dropped(
        drop.kind,
        place.where,
        place.text,
        drop.start - place.start,
        Math.min(drop.end, place.end) - place.start,
        drop.why,
      );
    };
  }

  /** A person a line: gives the lines that were read so. Tried only where dates or numbers stand in several lines that are no sentences. */
  #readList(text: string, matches: readonly Match[], places: LinePlaces, tabled: ReadonlySet<number>): ReadonlySet<number> | null {
    const lines = listLines(text, matches, places).filter((line) => !tabled.has(line));
    if (lines.length < LIST_LINES_MIN) return null;
    const shape = guessList(
      sampleOf(lines).map((line) => places.lineText(line)),
      this.#labels,
      headingOver(lines[0]!, places),
    );
    if (shape === null) return null;
    const reader = new ListReader(shape, this.#sink, this.#copy, (this.#detectors.known?.size ?? 0) === 0);
    const listed = new Set<number>();
    for (let line = lines[0]!; line <= lines[lines.length - 1]!; line += 1) {
      if (!tabled.has(line) && reader.line(places.lineText(line), places.lineWhere(line))) listed.add(line);
    }
    return listed;
  }
}

/** The line over a list, across a blank or drawn one; '' without one. */
function headingOver(line: number, places: LinePlaces): string {
  for (let above = line - 1; above >= Math.max(0, line - 3); above -= 1) {
    const text = places.lineText(above).trim();
    if (/[^-=─━_+|\s　]/.test(text)) return text;
  }
  return '';
}

/** Bare digits as dumps hold them: ten of a number, seven of a date with its era's code, the same in groups. No detector takes them in running text. */
const BARE = /[0-9０-９]{7}|[13579][-. ][0-9]{2}[-. ][0-9]{2}[-. ][0-9]{2}(?![0-9])/g;
/** A list of persons has names; a log or a listing of files has none. */
const NAME_LETTERS = /[ｦ-ﾟ一-\u9fff々ァ-ヶ]{2}/;

/** Lines that may be of a list: with a birthdate or number, hints and bare digits among them, and no sentence. */
function listLines(text: string, matches: readonly Match[], places: LinePlaces): number[] {
  const found = new Set<number>();
  for (const match of matches) if (match.kind === 'birthdate' || match.kind === 'pension-number') found.add(places.lineAt(match.start));
  BARE.lastIndex = 0;
  for (let bare = BARE.exec(text); bare !== null; bare = BARE.exec(text)) {
    found.add(places.lineAt(bare.index));
    const end = text.indexOf('\n', bare.index);
    if (end < 0) break;
    BARE.lastIndex = end;
  }
  const lines = [...found].sort((one, other) => one - other);
  if (lines.length < LIST_LINES_MIN) return [];
  return lines.filter((line) => {
    const content = places.lineText(line);
    return !content.includes('。') && NAME_LETTERS.test(content);
  });
}

/** Lines with a date or number that make it worth asking whether they are a list, and how many of them are looked at. */
const LIST_LINES_MIN = 3;
const LIST_SAMPLE_LINES = 24;

/** Spread over all of them, and not in equal steps: lines of one sort may stand in every third place. */
function sampleOf(lines: readonly number[]): readonly number[] {
  if (lines.length <= LIST_SAMPLE_LINES) return lines;
  const taken = new Set<number>();
  for (let at = 0; at < LIST_SAMPLE_LINES; at += 1) taken.add(Math.floor(((at * GOLDEN) % 1) * lines.length));
  return [...taken].sort((one, other) => one - other).map((at) => lines[at]!);
}

/** Its multiples fill a range evenly and never in step with anything. */
const GOLDEN = 0.618034;

function tellMatch(match: Match, place: LinePlace, sink: RelateSink): void {
  sink.finding(
    match.kind,
    place.where,
    place.text,
    match.start - place.start,
    Math.min(match.end, place.end) - place.start,
    match.strength,
    match.why,
  );
}

/** Line ends and full stops between two offsets. */
function countUnits(text: string, from: number, to: number): { lines: number; stops: number } {
  let lines = 0;
  let stops = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a) lines += 1;
    else if (unit === 0x3002) stops += 1;
  }
  return { lines, stops };
}

/** Blocks that follow each other in the same part of the document, so that one search over both makes sense. */
function continues(last: Where, next: Where): boolean {
  return (
    last.part === next.part &&
    last.sheet === next.sheet &&
    last.cell === next.cell &&
    (last.page === next.page || last.page === (next.page ?? 0) - 1)
  );
}
