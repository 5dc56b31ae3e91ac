/** The list and its evidence as JSON for the script of the page (src/page/data.ts), piece by piece: columns of numbers, texts and what is shared once each. */

import type { Finding } from '../../model.js';
import type { Evidence, EvidenceItem, EvidenceSort, Holding, Profile } from '../../page/data.js';
import type { Words } from '../../words/words.js';
import { showText } from '../escape.js';
import type { HtmlInput } from './input.js';
import { jsonText } from './markup.js';
import { NO_HOLDING, type Row } from './rows.js';

const FINDINGS_A_FILE = 8;
const FINDINGS_A_KIND = 2;
/** What an item costs beside its texts: brackets, commas, indices. */
const ITEM_BYTES = 16;

/** A PageData. */
export function* dataPieces(rows: readonly Row[], kinds: readonly string[], table: Pick<Words, 'accessReason'>): Generator<string> {
  const folders = indexOf(rows.map((row) => row.folder).sort(comparePaths));
  const departments = indexOf(rows.map((row) => row.department));
  const owners = indexOf(rows.map((row) => row.owner));
  const profiles = indexOf(rows.map((row) => row.profile));
  const holdings = indexOf<Holding>([NO_HOLDING, ...rows.map((row) => row.holding)]);
  yield '{';
  yield* field('folders', [...folders.keys()].map(showText));
  yield* field('departments', [...departments.keys()].map(showText));
  yield* field('owners', [...owners.keys()].map(showText));
  yield* field(
    'profiles',
    [...profiles.keys()].map((profile) => shownProfile(profile, table)),
  );
  yield* field('kinds', kinds);
  yield* field('holdings', [...holdings.keys()]);
  yield '"columns":{';
  yield* column('folder', rows, (row) => folders.get(row.folder)!);
  yield* column('name', rows, (row) => jsonText(showText(row.name)));
  yield* column('department', rows, (row) => departments.get(row.department)!);
  yield* column('profile', rows, (row) => profiles.get(row.profile)!);
  yield* column('holding', rows, (row) => holdings.get(row.holding)!);
  yield* column('owner', rows, (row) => owners.get(row.owner)!);
  yield* column('risk', rows, (row) => Math.round(row.risk * 10));
  yield* column('ageFactor', rows, (row) => row.ageFactor);
  yield* column('age', rows, (row) => row.age);
  yield* column('date', rows, (row) => row.date);
  yield* column('year', rows, (row) => row.year);
  yield* column('saved', rows, (row) => row.saved);
  yield* column('bytes', rows, (row) => row.bytes, '');
  yield '}}';
}

/** An Evidence, highest risk first, until it is as large as is allowed. */
export function evidenceOf(rows: readonly Row[], evidence: HtmlInput['evidence'], bytesMax: number): Evidence {
  const sorts = new Map<string, number>();
  const masked = new Map<string, number>();
  const sortList: EvidenceSort[] = [];
  const found: Evidence['rows'][number][] = [];
  let bytes = 0;
  const intern = (known: Map<string, number>, text: string): number => {
    const at = known.get(text);
    if (at !== undefined) return at;
    bytes += Buffer.byteLength(text);
    known.set(text, known.size);
    return known.size - 1;
  };
  const itemOf = (finding: Finding, member: string | undefined): EvidenceItem => {
    const { kind, confidence, why, where } = finding;
    const { line, cell, ...place } = where;
    const sort: EvidenceSort = {
      kind,
      confidence,
      why: why.map(showText),
      ...(place.sheet !== undefined && { sheet: showText(place.sheet) }),
      ...(place.page !== undefined && { page: place.page }),
      ...(place.part !== undefined && { part: showText(place.part) }),
      ...(member !== undefined && { member: showText(member) }),
    };
    const at = intern(sorts, JSON.stringify(sort));
    if (at === sortList.length) sortList.push(sort);
    bytes += ITEM_BYTES;
    return [at, intern(masked, showText(finding.masked)), line ?? 0, showText(cell ?? '')];
  };
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (bytes > bytesMax) return { sorts: sortList, masked: [...masked.keys()], rows: found, endRow: at };
    if (row.content === null || (row.memberCount === 0 && row.holding === NO_HOLDING)) continue;
    const items = chosen(row, evidence(row.content)).map(([finding, member]) => itemOf(finding, member));
    const members = row.members.map(({ name, verdict, records }) => [showText(name), verdict, records] as const);
    if (items.length === 0 && members.length === 0) continue;
    bytes += ITEM_BYTES + members.reduce((sum, [name]) => sum + Buffer.byteLength(name) + ITEM_BYTES, 0);
    found.push([at, items, members, row.memberCount]);
  }
  return { sorts: sortList, masked: [...masked.keys()], rows: found, endRow: rows.length };
}

export function* evidencePieces({ sorts, masked, rows, endRow }: Evidence): Generator<string> {
  yield '{';
  yield* field('sorts', sorts);
  yield* field('masked', masked);
  yield* field('rows', rows);
  yield `"endRow":${endRow}}`;
}

/** The first of each kind, then the second ones; those of the file itself before those of the members that are shown. */
function chosen(row: Row, { findings, members }: ReturnType<HtmlInput['evidence']>): [Finding, string | undefined][] {
  const all: [Finding, string | undefined][] = findings.map((finding) => [finding, undefined]);
  for (const { name } of row.members) {
    for (const finding of members.find((member) => member.name === name)?.findings ?? []) all.push([finding, name]);
  }
  const seen = new Map<string, number>();
  const ranked = all.flatMap(([finding, member]) => {
    if (finding.confidence === 'weak') return [];
    const key = `${finding.kind} ${member ?? ''}`;
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    return rank < FINDINGS_A_KIND ? [{ finding, member, rank }] : [];
  });
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, FINDINGS_A_FILE).map(({ finding, member }) => [finding, member]);
}

function* field(name: string, values: readonly unknown[]): Generator<string> {
  yield `${JSON.stringify(name)}:[`;
  for (let at = 0; at < values.length; at++) yield (at === 0 ? '' : ',') + jsonText(values[at]);
  yield '],';
}

function* column(name: string, rows: readonly Row[], value: (row: Row) => number | string, end = ','): Generator<string> {
  yield `${JSON.stringify(name)}:[`;
  for (let at = 0; at < rows.length; at++) yield (at === 0 ? '' : ',') + value(rows[at]!);
  yield `]${end}`;
}

function shownProfile(profile: Profile, table: Pick<Words, 'accessReason'>): Profile {
  const { scheme, broad, accessReason, format, exception } = profile;
  return {
    ...profile,
    format: showText(format),
    scheme: scheme === null ? null : showText(scheme),
    broad: broad.map(showText),
    accessReason: showText(table.accessReason(accessReason)),
    exception: exception && { ...exception, reason: showText(exception.reason), approver: showText(exception.approver) },
  };
}

/** Each value once with its place, in the order of their first appearance. */
function indexOf<T>(values: readonly T[]): Map<T, number> {
  const index = new Map<T, number>();
  for (const value of values) if (!index.has(value)) index.set(value, index.size);
  return index;
}

/** A folder before those below it, as a tree is read. */
function comparePaths(a: string, b: string): number {
  const left = a.replaceAll('/', '\u0000');
  const right = b.replaceAll('/', '\u0000');
  return left < right ? -1 : left > right ? 1 : 0;
}
