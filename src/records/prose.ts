/** Searches running text and hands what it finds to the gatherer. Short blocks are searched together, so that a label sees the value on the next line. */
import type { Match } from '../../detectors/contract.js';
import type { TextBlock, Where } from '../model.js';
import { Gatherer, isTaken } from './gather.js';
import type { Detectors, RelateSink } from './sink.js';

/** Blocks are joined up to this many code units; larger ones are searched alone. */
const JOINED_UNITS_MAX = 4_096;

interface Piece {
  readonly where: Where;
  /** Offset of its first code unit in the joined text. */
  readonly start: number;
}

export class ProseReader {
  readonly #detectors: Detectors;
  readonly #sink: RelateSink;
  readonly #gatherer: Gatherer;
  #texts: string[] = [];
  #pieces: Piece[] = [];
  #units = 0;
  #copy = false;
  /** Of the document: how much stood before the joined text. */
  #offset = 0;
  #line = 0;
  #unit = 0;

  constructor(detectors: Detectors, sink: RelateSink) {
    this.#detectors = detectors;
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
    this.#gatherer.finish();
  }

  #search(): void {
    if (this.#pieces.length === 0) return;
    const text = this.#texts.length === 1 ? this.#texts[0]! : this.#texts.join('\n');
    const pieces = this.#pieces;
    this.#texts = [];
    this.#pieces = [];
    this.#units = 0;
    const places = new LinePlaces(text, pieces);
    const onDropped = this.#sink.wantsDropped
      ? (drop: { kind: Match['kind']; start: number; end: number; why: string }) => {
          const place = places.at(drop.start);
          this.#sink.dropped(
            drop.kind,
            place.where,
            place.text,
            drop.start - place.start,
            Math.min(drop.end, place.end) - place.start,
            drop.why,
          );
        }
      : undefined;
    let line = 0;
    let unit = this.#unit;
    let before = 0;
    for (const match of this.#detectors.find(text, onDropped)) {
      if (isTaken(match)) {
        const sentences = countUnits(text, before, match.start);
        line += sentences.lines;
        unit += sentences.lines + sentences.stops;
        before = match.start;
        this.#gatherer.add(
          {
            kind: match.kind,
            normal: match.normal,
            start: this.#offset + match.start,
            end: this.#offset + match.end,
            line: this.#line + line,
            unit,
            office: isOffice(match, text),
          },
          this.#copy,
        );
      }
      if (this.#sink.wantsFindings) tellMatch(match, places.at(match.start), this.#sink);
    }
    const rest = countUnits(text, before, text.length);
    this.#offset += text.length + 1;
    this.#line += line + rest.lines + 1;
    this.#unit = unit + rest.lines + rest.stops + 1;
  }
}

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

/** Who signs or answers for an office stands before the name; an office's address says so before it. */
const TITLE_BEFORE =
  /(?:所長|署長|課長|部長|室長|局長|館長|院長|校長|理事長?|センター長|係長|主任|主査|担当者?|発信者|発行者|責任者|作成者|司会|議長|講師|社長|取締役|代表者?|弁護士|編集|著者|監修)[\s　:：(（]{0,3}$/;
const OFFICE_BEFORE =
  /(?:所在地|本社|本店|支店|支社|営業所|事務所|年金機構|事務センター|役所|役場|会社|会場|場所|提出先|問い?合わ?せ先|お問合せ)[^\n。]{0,16}$/;
const BEFORE_UNITS = 32;

function isOffice(match: Match, text: string): boolean {
  if (match.kind !== 'name' && match.kind !== 'address') return false;
  const before = text.slice(Math.max(0, match.start - BEFORE_UNITS), match.start);
  return (match.kind === 'name' ? TITLE_BEFORE : OFFICE_BEFORE).test(before);
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

interface LinePlace {
  readonly where: Where;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Finds the line of an offset. Its list of lines is made only when a place is asked for. */
class LinePlaces {
  readonly #text: string;
  readonly #pieces: readonly Piece[];
  #starts: number[] | null = null;

  constructor(text: string, pieces: readonly Piece[]) {
    this.#text = text;
    this.#pieces = pieces;
  }

  at(offset: number): LinePlace {
    this.#starts ??= lineStarts(this.#text);
    const line = lastAtMost(this.#starts, offset, (start) => start);
    const piece = this.#pieces[lastAtMost(this.#pieces, offset, (one) => one.start)]!;
    const lines = line - lastAtMost(this.#starts, piece.start, (start) => start);
    const start = Math.max(this.#starts[line]!, piece.start);
    const stop = this.#text.indexOf('\n', start);
    const end = stop < 0 ? this.#text.length : stop;
    const where = lines === 0 ? piece.where : { ...piece.where, line: (piece.where.line ?? 1) + lines };
    return { where, text: this.#text.slice(start, end), start, end };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return starts;
}

/** The index of the last item whose start is not behind the offset. */
function lastAtMost<Item>(items: readonly Item[], offset: number, startOf: (item: Item) => number): number {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(items[middle]!) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
