/**
 * Tables in running text: lines drawn with bars (`│1100-123456│山田太郎│`), and lines whose fields stand below the labels of a line above them. They are
 * cut to rows and read like any other table. Lines in which that finds no record, or less than a list of persons would, are left to the search of text.
 */
import type { Row } from '../model.js';
import { findHeader } from './header.js';
import type { Labels } from './label.js';
import type { LinePlaces } from './line-places.js';
import { guessList, ListReader } from './list.js';
import { kindsOf } from './record.js';
import type { Detectors, RelateSink } from './sink.js';
import { TableReader } from './table.js';
import type { Cut } from './text-columns.js';
import { cutByBars, cutsBelow } from './text-cuts.js';
import { isOpen, mayHoldTables, type Region, regionAt, regionBelow, type TextHeading, tableStarts } from './text-region.js';

/** Lines that are tried before they are taken for a table. */
const TRIED_LINES = 40;
/** Lines below labels that are asked whether they hold their values. */
const HEADED_LINES = 10;

export interface TextTables {
  /** The lines that were read. */
  readonly lines: ReadonlySet<number>;
  /** The heading of a table that goes on to the end of the text; null when none does. */
  readonly open: TextHeading | null;
}

export interface TextTableOptions {
  readonly detectors: Detectors;
  readonly labels: Labels;
  readonly sink: RelateSink;
  readonly copy: boolean;
  /** Of the text before, if its last lines were a table. */
  readonly heading: TextHeading | null;
  /** How often lines below a heading were no table: forms repeat theirs on each page. Kept for the whole document. */
  readonly failures: Map<string, number>;
}

/** Headings remembered, and how often each is tried in vain. */
const FAILURES_MAX = 500;
const TRIES_MAX = 3;
const DRAWN_TRIES_MAX = 50;

export const NO_TABLES: TextTables = { lines: new Set(), open: null };

/** How a region is cut; `head` is null where no line of labels stands above it. */
interface Shape {
  readonly head: Row | null;
  readonly cut: Cut;
}

/** Reads the tables of a text to the sink. */
export function readTextTables(text: string, places: LinePlaces, options: TextTableOptions): TextTables {
  const { heading, labels } = options;
  if (heading === null && !mayHoldTables(text)) return NO_TABLES;
  const read = new Set<number>();
  let open: TextHeading | null = null;
  let until = -1;
  const take = (tried: Region | null, whole: () => Region | null) => {
    const shape = tried && shapeOf(tried, places, options);
    const region = shape && whole();
    if (shape === null || region === null) return;
    feed(shape, region.lines, places, options, inLines(options.sink, places));
    const last = region.lines[region.lines.length - 1]!;
    for (let line = region.isHeaded ? region.lines[0]! - 1 : region.lines[0]!; line <= last; line += 1) read.add(line);
    open = isOpen(region, places) ? region.heading : null;
    until = last;
  };
  if (heading !== null) {
    const below = (most: number) => {
      const region = regionBelow(heading, 0, most, places, labels);
      return region && { ...region, isHeaded: false };
    };
    take(below(TRIED_LINES), () => below(places.count));
  }
  for (const line of tableStarts(text, places, (options.failures.get('') ?? 0) < DRAWN_TRIES_MAX)) {
    if (line <= until) continue;
    const tried = regionAt(line, TRIED_LINES, places, labels);
    if (tried === null || !isWorthTrying(tried, options.failures)) continue;
    take(tried, () => regionAt(line, places.count, places, labels));
    if (line <= until) continue;
    noteFailure(tried, options.failures);
    // Drawn lines belong together: what begins with the second of them is the same.
    if (tried.heading === null) until = tried.lines[tried.lines.length - 1]!;
  }
  return { lines: read, open };
}

/** Drawn lines without labels share one key, and more tries. */
const keyOf = ({ heading }: Region) => heading?.line.trim() ?? '';

function isWorthTrying(region: Region, failures: ReadonlyMap<string, number>): boolean {
  return (failures.get(keyOf(region)) ?? 0) < (region.heading === null ? DRAWN_TRIES_MAX : TRIES_MAX);
}

function noteFailure(region: Region, failures: Map<string, number>): void {
  const key = keyOf(region);
  if (failures.size >= FAILURES_MAX) failures.clear();
  failures.set(key, (failures.get(key) ?? 0) + 1);
}

/** The cut with which the lines say most; null when they are no table. */
function shapeOf(region: Region, places: LinePlaces, options: TextTableOptions): Shape | null {
  const { labels } = options;
  const { heading } = region;
  const texts = region.lines.map((line) => places.lineText(line));
  const drawn: Shape = { head: heading && cutByBars(heading.line), cut: cutByBars };
  const shapes: readonly Shape[] = heading === null || heading.isDrawn ? [drawn] : cutsBelow(heading.line, texts, labels);
  let best: Shape | null = null;
  let most = -1;
  for (const shape of shapes) {
    const { head } = shape;
    if (head !== null && findHeader([head, ...texts.slice(0, HEADED_LINES).map(shape.cut)], 0, labels, 0) === null) continue;
    const score = new Score();
    feed(shape, region.lines, places, options, score);
    if (score.total > Math.max(most, 0)) [best, most] = [shape, score.total];
  }
  // Of equals the labels are surer than a list that is known by its cells.
  return best === null || scoreOfList(texts, labels) > most ? null : best;
}

function feed(shape: Shape, lines: readonly number[], places: LinePlaces, options: TextTableOptions, sink: RelateSink): void {
  const reader = new TableReader(options.detectors, options.labels, sink, { kind: 'table', where: {}, rows: [], copy: options.copy });
  if (shape.head !== null) reader.row(lines[0]!, shape.head);
  for (const line of lines) reader.row(line + 1, shape.cut(places.lineText(line)));
  reader.finish();
}

/** What the same lines say when they are read as a list of persons. */
function scoreOfList(texts: readonly string[], labels: Labels): number {
  const shape = guessList(texts, labels);
  if (shape === null) return 0;
  const score = new Score();
  const reader = new ListReader(shape, score, false, false);
  for (const text of texts) reader.line(text, {});
  return score.total;
}

/** A sink that keeps nothing but how much the records say that count. */
class Score implements RelateSink {
  total = 0;
  readonly wantsFindings = false;
  readonly wantsDropped = false;

  record(record: { readonly counts: boolean; readonly kinds: number }): void {
    if (record.counts) this.total += kindsOf(record.kinds & 15).length;
  }
  finding(): void {}
  dropped(): void {}
}

/** Tells what is found in a row's cell as a place in its line. */
function inLines(sink: RelateSink, places: LinePlaces): RelateSink {
  const place = (where: { readonly line?: number }, text: string) => {
    const line = (where.line ?? 1) - 1;
    const content = places.lineText(line);
    return { where: places.lineWhere(line), content, shift: Math.max(0, content.indexOf(text)) };
  };
  return {
    get wantsFindings() {
      return sink.wantsFindings;
    },
    get wantsDropped() {
      return sink.wantsDropped;
    },
    record: (record) => sink.record(record),
    finding: (kind, where, text, start, end, strength, why) => {
      const { where: at, content, shift } = place(where, text);
      sink.finding(kind, at, content, shift + start, shift + end, strength, why);
    },
    dropped: (kind, where, text, start, end, why) => {
      const { where: at, content, shift } = place(where, text);
      sink.dropped(kind, at, content, shift + start, shift + end, why);
    },
  };
}
