/**
 * Whether those who can read a file are few: the judgement over the readers, whatever gates they passed. Pure. It knows no rights and no
 * lists; the source that knows them hands in the words.
 */
import type { Access } from '../model.js';
import { type Concerned, surplusOf } from './concerned.js';
import { type Directory, GUEST, STRANGER } from './directory.js';
import { flagOf, NO, type Passers, POSSIBLE, PROVEN } from './passers.js';
import { canonicalId, type PrincipalId } from './principal.js';

export interface AccessBounds {
  /** More readers than this are not "the people concerned". */
  readonly readersMax: number;
  /** From this part of all known accounts on a file is open, where at least `knownMin` are known. */
  readonly knownShare: number;
  readonly knownMin: number;
  /** Groups of this site that stand for the whole organisation, by name, gid or SID. */
  readonly broadGroups: readonly string[];
  /** Where the site lists the people concerned, they alone may read: the numbers above are then not asked for. */
  readonly concerned?: Concerned;
}

/** Built-in rule; a site sets its own. */
export const ACCESS_BOUNDS: AccessBounds = { readersMax: 30, knownShare: 0.5, knownMin: 10, broadGroups: [] };

/** What the source of a permission says of it, in English words for `Access.reason`. */
export interface Told {
  readonly source: string;
  /** The permission in short: `mode 0640`. */
  readonly permission: string;
  /** @param broad `other`, `guest`, the id of a broad principal, or a group as the site's policy writes it. */
  openTo(broad: string): string;
  /** What lets the readers in. Asked for only where a count is told. */
  who(): string;
  /** Why some readers are only possible. */
  readonly doubt: string | null;
}

/** Who passes all gates, by the answer that was given for them: reports name them, the answer itself only counts them. */
const passersByAnswer = new WeakMap<Access, Passers>();

/**
 * Can be asked once for each answer: what it needs of memory grows with the accounts, and whoever asks keeps what is wanted of it.
 * Null for an answer that was given without knowing who passes: anybody may then.
 */
export function takePassers(access: Access): Passers | null {
  const passers = passersByAnswer.get(access) ?? null;
  passersByAnswer.delete(access);
  return passers;
}

/** The same answer, with those for whom it was given. */
export function answerFor(passers: Passers, access: Access): Access {
  passersByAnswer.set(access, passers);
  return access;
}

/**
 * Open when a broad principal or too many read it for certain; restricted when even the possible readers are few; unknown in between.
 * @param readers those who pass all gates.
 */
export function judgeReaders(readers: Passers, directory: Directory, bounds: AccessBounds, told: Told): Access {
  return answerFor(readers, judged(readers, directory, bounds, told));
}

function judged(readers: Passers, directory: Directory, bounds: AccessBounds, told: Told): Access {
  const { source } = told;
  if (bounds.concerned !== undefined) return judgeConcerned(readers, directory, bounds.concerned, told);
  const broad = broadReaders(readers, directory);
  if (broad.length > 0) return { state: 'open', source, broad, readers: null, reason: told.openTo(broad[0]!) };
  const siteGroup = bounds.broadGroups.find((name) => lets(name, readers, directory));
  if (siteGroup !== undefined) return { state: 'open', source, broad: [siteGroup], readers: null, reason: told.openTo(siteGroup) };
  const proven = count(readers, directory, PROVEN);
  const possible = count(readers, directory, POSSIBLE);
  const tooMany = excess(proven, directory, bounds);
  if (tooMany !== null) return { state: 'open', source, broad, readers: proven.all, reason: `${told.who()}: ${tooMany}` };
  const isUnbounded = readers.flags[STRANGER] !== NO || readers.flags[GUEST] !== NO;
  if (isUnbounded || excess(possible, directory, bounds) !== null) {
    const doubt = told.doubt ?? 'some readers are only possible';
    const bounded = `${proven.all} to ${possible.all} can read it`;
    const certain = proven.all === 0 ? 'nobody is known to read it' : `at least ${plural(proven.all, 'reader')}`;
    return { state: 'unknown', source, broad, readers: null, reason: `${told.permission}: ${doubt}; ${isUnbounded ? certain : bounded}` };
  }
  const sum = plural(possible.all, 'reader');
  const bound = proven.all === possible.all ? sum : `${proven.all} to ${sum}`;
  return { state: 'restricted', source, broad, readers: possible.all, reason: `${told.who()}: ${bound}` };
}

/** Open when anybody else than the people concerned reads it for certain, restricted when nobody else may, unknown in between. */
function judgeConcerned(readers: Passers, directory: Directory, concerned: Concerned, told: Told): Access {
  const { source } = told;
  const broad = broadReaders(readers, directory).filter((id) => !concerned.ids.has(id));
  const certain = surplusOf(readers, directory, concerned, PROVEN);
  const proven = count(readers, directory, PROVEN).all;
  if (certain.length > 0) {
    const isBroad = certain.includes('other') || certain.includes('guest');
    if (isBroad && broad.length > 0) return { state: 'open', source, broad, readers: null, reason: told.openTo(broad[0]!) };
    return {
      state: 'open',
      source,
      broad: [],
      readers: proven,
      reason: `${told.who()}: not among the people concerned: ${listed(certain)}`,
    };
  }
  const possible = surplusOf(readers, directory, concerned, POSSIBLE);
  if (possible.length > 0) {
    const doubt = told.doubt ?? 'some readers are only possible';
    return {
      state: 'unknown',
      source,
      broad: [],
      readers: null,
      reason: `${told.permission}: ${doubt}; they may not be among the people concerned`,
    };
  }
  const all = count(readers, directory, POSSIBLE).all;
  return {
    state: 'restricted',
    source,
    broad: [],
    readers: all,
    reason: `${told.who()}: ${plural(all, 'reader')}, all among the people concerned`,
  };
}

/** Names told in one reason. */
const NAMES_MAX = 5;

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_MAX;
  return names.slice(0, NAMES_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The broad principals that pass all gates, as the gates name them; else what is left of them. */
function broadReaders(readers: Passers, directory: Directory): string[] {
  const named = [...readers.groups].filter(([id, flag]) => flag === PROVEN && directory.whoIs(id).kind === 'broad').map(([id]) => id);
  if (named.length > 0) return named;
  return [...(readers.flags[STRANGER] === PROVEN ? ['other'] : []), ...(readers.flags[GUEST] === PROVEN ? ['guest'] : [])];
}

/** Whether this group of the site reads the file: all of its known members do, or someone of whom only this group is known does. */
function lets(name: string, readers: Passers, directory: Directory): boolean {
  const id = siteGroupId(name, directory);
  if (id === null) return false;
  if (flagOf(readers, id) === PROVEN) return true;
  const members = [...directory.group(id).members];
  return members.length > 0 && members.every((member) => readers.flags[member] === PROVEN);
}

/** Names of broad groups that nobody knows here: they make no file open, so a slip among them must be told. Numbers and SIDs are taken as they are. */
export function unknownGroups(names: readonly string[], directory: Directory): string[] {
  return names.filter((name) => siteGroupId(name, directory) === null);
}

function siteGroupId(name: string, directory: Directory): PrincipalId | null {
  if (/^\d+$/u.test(name)) return `g:${Number(name)}`;
  return /^S-1-\d/iu.test(name) ? canonicalId(name.toUpperCase()) : directory.groupNamed(name);
}

interface Count {
  readonly all: number;
  readonly persons: number;
}

function count(readers: Passers, directory: Directory, flag: number): Count {
  let all = 0;
  let persons = 0;
  for (let i = 0; i < readers.flags.length; i++) {
    if (i === GUEST || i === STRANGER || (readers.flags[i]! & flag) !== flag) continue;
    all++;
    if (directory.subjects[i]!.isPerson) persons++;
  }
  for (const other of readers.others.values()) if ((other & flag) === flag) all++;
  return { all, persons };
}

function excess(readers: Count, directory: Directory, bounds: AccessBounds): string | null {
  if (readers.all > bounds.readersMax) return `${readers.all} readers > ${bounds.readersMax}`;
  const isShare = directory.persons >= bounds.knownMin && readers.persons >= directory.persons * bounds.knownShare;
  return isShare ? `${readers.persons} of ${directory.persons} known accounts` : null;
}

export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
