/**
 * What a worker says of a file in the form in which it is kept: ready texts, so that the main process, which all workers share, neither takes
 * them apart nor makes them. It decides nothing of what is found.
 */
import type { Content, DocumentDates, Finding, Member, PersonCounts, ProblemCode } from '../model.js';

/** What the outcome of a file holds; equal outcomes share one row, so nothing is in it that tells files apart. */
export type Outcome = Omit<Content, 'findings' | 'members' | 'contentHash' | 'fromPath' | 'documentDates'> & {
  readonly memberCount: number;
};

interface PackedPart {
  /** An Outcome as JSON, its keys in one fixed order. */
  readonly outcome: string;
  /** As `packFindings` makes it. */
  readonly findings: string;
  readonly contentHash: string | null;
  readonly documentDates?: DocumentDates;
}

export interface PackedMember extends PackedPart {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
}

export interface PackedContent extends PackedPart {
  readonly fromPath: boolean;
  /** Nothing was found, and nothing is in it: its outcome says all. */
  readonly quiet: boolean;
  /** Codes of its problems: what the sweep does next depends on them. */
  readonly problems: readonly ProblemCode[];
  readonly members: readonly PackedMember[];
  /** What of the file with its members a site's words can touch (scan/sketch.ts). */
  readonly sketch?: Uint8Array;
}

export function packContent(content: Content): PackedContent {
  const { fromPath, findings, members, records, problems } = content;
  return {
    ...packPart(content),
    fromPath,
    quiet: findings.length === 0 && members.length === 0 && records.four + records.three + records.two + records.other === 0,
    problems: problems.map(({ code }) => code),
    members: members.map((member) => ({
      ...packPart(member.content),
      name: member.name,
      sizeBytes: member.sizeBytes,
      modifiedMs: member.modifiedMs,
    })),
  };
}

export function unpackContent(packed: PackedContent): Content {
  return { ...unpackPart(packed), fromPath: packed.fromPath, members: packed.members.map(unpackMember) };
}

/** The same with other counts of persons: those of a file with very many are known only when all of its runs have been merged. */
export function withPersons(packed: PackedContent, persons: PersonCounts): PackedContent {
  const outcome: Outcome = { ...(JSON.parse(packed.outcome) as Outcome), persons };
  return { ...packed, outcome: JSON.stringify(outcome) };
}

function unpackMember(packed: PackedMember): Member {
  const { name, sizeBytes, modifiedMs } = packed;
  return { name, sizeBytes, modifiedMs, content: { ...unpackPart(packed), fromPath: false, members: [] } };
}

function unpackPart({ outcome, findings, contentHash, documentDates }: PackedPart): Omit<Content, 'fromPath' | 'members'> {
  const { memberCount: _count, ...known } = JSON.parse(outcome) as Outcome;
  return { ...known, contentHash, findings: unpackFindings(findings), ...(documentDates && { documentDates }) };
}

function packPart(content: Content): PackedPart {
  const { format, examined, problems, kinds, records, persons, password, namesPassword, members, findings, contentHash } = content;
  const { documentDates } = content;
  const sortedKinds = Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)));
  const outcome: Outcome = {
    format,
    examined,
    problems,
    kinds: sortedKinds,
    records,
    persons,
    password,
    memberCount: members.length,
    ...(namesPassword ? { namesPassword } : {}),
  };
  const packed = { outcome: JSON.stringify(outcome), findings: packFindings(findings), contentHash };
  return documentDates ? { ...packed, documentDates } : packed;
}

/** What the findings of a column share; `where` without line and cell. */
type Sort = Omit<Finding, 'start' | 'end' | 'masked' | 'fingerprint' | 'value'>;
type Packed = readonly [
  sort: number,
  start: number,
  end: number,
  masked: string,
  fingerprint: string | null,
  line: number | null,
  cell?: string | null,
  value?: string,
];

const NO_FINDINGS = '[]';

/** Findings of one file as one text. Those of a column differ in place and value alone, so the rest is written once: half of an inventory is this text. */
export function packFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return NO_FINDINGS;
  const sorts = new Map<string, number>();
  const packed = findings.map(({ start, end, masked, fingerprint, where, value, ...rest }): Packed => {
    const { line, cell, ...place } = where;
    const sort = JSON.stringify({ ...rest, where: place });
    let at = sorts.get(sort);
    if (at === undefined) {
      at = sorts.size;
      sorts.set(sort, at);
    }
    const short = [at, start, end, masked, fingerprint ?? null, line ?? null] as const;
    if (value !== undefined) return [...short, cell ?? null, value];
    return cell === undefined ? short : [...short, cell];
  });
  return `[[${[...sorts.keys()].join(',')}],${JSON.stringify(packed)}]`;
}

export function unpackFindings(text: string): Finding[] {
  const [sorts, packed] = JSON.parse(text) as [(readonly Sort[])?, (readonly Packed[])?];
  if (sorts === undefined || packed === undefined) return [];
  return packed.map(([at, start, end, masked, fingerprint, line, cell, value]) => {
    const { kind, where, ...rest } = sorts[at]!;
    const place = { ...where, ...(line !== null && { line }), ...(cell != null && { cell }) };
    const { confidence, why, ...more } = rest;
    return {
      kind,
      where: place,
      start,
      end,
      confidence,
      masked,
      ...(fingerprint !== null && { fingerprint }),
      why,
      ...(value !== undefined && { value }),
      ...more,
    };
  });
}
