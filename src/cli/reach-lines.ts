/** The lines of reach: in which order, which of them go without saying, and who is meant by a name. */
import { type Reach as Broad, canonicalId, wellKnownNamed, wellKnownOf } from '../access/principal.js';
import type { Reach } from '../inventory/reach.js';
import type { KeptPrincipal } from '../inventory/readers.js';
import type { ReachLine, ReachOf } from '../parts.js';

/** Names that are offered for one that nobody has. */
const ALIKE_MAX = 5;

/**
 * Everybody, guests, and all of whom more is to be said, by persons. Groups that are resolved are left out: their members are there. So is
 * whoever reads nothing at all, but for everybody.
 */
export function reachList(reach: Reach): ReachLine[] {
  const others = reach.others.filter(({ principal }) => principal.kind !== 'group').map((one) => lineOf(one, reach));
  const lines = [everybodyLine(reach), guestsLine(reach), ...others];
  return lines.filter((line) => line.possible.files > 0 || line.kind === 'everybody').sort(byPersons);
}

/** All that is known of everybody, each principal with a line of its own. */
export function wholeReach(reach: Reach): ReachLine[] {
  return [everybodyLine(reach), guestsLine(reach), ...everyOne(reach).map((one) => lineOf(one, reach))].sort(byPersons);
}

/** The lines of whoever is meant by a user or group name, uid, gid or SID; names that look alike when it is nobody. */
export function reachAs(asked: string, reach: Reach): ReachLine[] | { readonly alike: readonly string[] } {
  const id = canonicalId(/^\d+$/u.test(asked) ? `u:${Number(asked)}` : asked);
  const known = everyOne(reach);
  const found = calledSo(asked, id, known);
  if (found.length > 0) return found.map((one) => lineOf(one, reach));
  const broad = broadLines(asked, id, reach);
  if (broad.length > 0) return broad;
  const wanted = asked.toLowerCase();
  const names = known.flatMap(({ principal: { name } }) => (name === null ? [] : [name]));
  return { alike: [...new Set(names)].filter((name) => isAlike(name.toLowerCase(), wanted)).slice(0, ALIKE_MAX) };
}

interface One {
  readonly principal: KeptPrincipal;
  /** Null for one that reads what everybody reads. */
  readonly reach: ReachOf | null;
}

function everyOne({ others, asEverybody }: Reach): One[] {
  return [...others, ...asEverybody.map((principal) => ({ principal, reach: null }))];
}

/** An id, else the very name, else the name in any case; of one name accounts before groups. Digits are a uid before they are a gid. */
function calledSo(asked: string, id: string, known: readonly One[]): One[] {
  const byId = (wanted: string): One[] => known.filter(({ principal }) => principal.id === wanted || principal.aliases.includes(wanted));
  const ways = [
    () => byId(id),
    () => (/^\d+$/u.test(asked) ? byId(`g:${Number(asked)}`) : []),
    () => known.filter(({ principal }) => principal.name === asked),
    () => known.filter(({ principal }) => principal.name?.toLowerCase() === asked.toLowerCase()),
  ];
  for (const way of ways) {
    const found = way();
    const accounts = found.filter(({ principal: { kind } }) => kind === 'account' || kind === 'service');
    if (accounts.length > 0) return accounts;
    if (found.length > 0) return found;
  }
  return [];
}

/** `other` and `guest` are the words of `access.broad` in reports. */
const BROAD_WORDS: Readonly<Record<string, Broad>> = {
  everybody: 'everyone',
  everyone: 'everyone',
  全員: 'everyone',
  other: 'authenticated',
  others: 'authenticated',
  guest: 'guests',
  guests: 'guests',
  ゲスト: 'guests',
  nobody: 'guests',
  'u:65534': 'guests',
};

function broadLines(asked: string, id: string, reach: Reach): ReachLine[] {
  const known = wellKnownOf(id) ?? wellKnownOf(asked === 'root' ? 'u:0' : (wellKnownNamed(asked) ?? ''));
  if (known?.kind === 'admin') return [adminLine(reach)];
  const broad = known?.kind === 'broad' ? known.reach : (BROAD_WORDS[asked.toLowerCase()] ?? BROAD_WORDS[id]);
  if (broad === undefined) return [];
  return [...(broad === 'guests' ? [] : [everybodyLine(reach)]), ...(broad === 'authenticated' ? [] : [guestsLine(reach)])];
}

function everybodyLine({ everybody }: Reach): ReachLine {
  return { kind: 'everybody', id: null, name: null, likeEverybody: false, ...everybody };
}

function guestsLine({ guests }: Reach): ReachLine {
  return { kind: 'guests', id: null, name: null, likeEverybody: false, ...guests };
}

function adminLine({ total }: Reach): ReachLine {
  return { kind: 'admin', id: null, name: null, likeEverybody: false, proven: total, possible: total };
}

function lineOf({ principal: { kind, id, name }, reach }: One, { everybody }: Reach): ReachLine {
  return { kind, id, name, likeEverybody: reach === null, ...(reach ?? everybody) };
}

/** Where all figures are alike, names decide, so that a report does not depend on the order in which principals came. */
function byPersons(a: ReachLine, b: ReachLine): number {
  const order = (line: ReachLine): number[] => [
    line.proven.persons,
    line.possible.persons,
    line.proven.filesFound,
    line.possible.filesFound,
    line.proven.files,
    line.possible.files,
  ];
  const other = order(b);
  for (const [i, value] of order(a).entries()) if (value !== other[i]) return other[i]! - value;
  return compareText(a.name ?? a.id ?? '', b.name ?? b.id ?? '') || compareText(a.id ?? a.kind, b.id ?? b.kind);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** One holds the other, or they differ in one letter. */
function isAlike(name: string, wanted: string): boolean {
  if (wanted.length >= 2 && (name.includes(wanted) || (name.length >= 3 && wanted.includes(name)))) return true;
  if (Math.abs(name.length - wanted.length) > 1 || wanted.length < 3) return false;
  let start = 0;
  while (start < name.length && name[start] === wanted[start]) start++;
  let end = 0;
  while (end < Math.min(name.length, wanted.length) - start && name.at(-1 - end) === wanted.at(-1 - end)) end++;
  return Math.max(name.length, wanted.length) - start - end <= 1;
}
