/**
 * Who passes one gate, and gates put together: pure. A gate is a share's list, a folder on the way, an NT descriptor or a POSIX permission; a
 * person reads a file only by passing every gate before it. Each subject is judged alone, so that the order of rules, masks and folders need
 * no algebra of sets.
 */
import { createHash } from 'node:crypto';
import { type Directory, GUEST, STRANGER } from './directory.js';
import { type PrincipalId, wellKnownOf } from './principal.js';

/** How sure it is that a subject passes. The values are sets of bits, so that `&` of two gates is the answer for both. */
export const NO = 0;
export const POSSIBLE = 1;
export const PROVEN = 3;

export interface Passers {
  /** NO, POSSIBLE or PROVEN for each of `Directory.subjects`. */
  readonly flags: Uint8Array;
  /** The same for persons without an account here, where they differ from the stranger. */
  readonly others: ReadonlyMap<PrincipalId, number>;
  /** The same for somebody of whom no more is known than one group or broad principal that a gate names. */
  readonly groups: ReadonlyMap<PrincipalId, number>;
  /** Why some are only possible; null when nothing was in doubt. */
  readonly doubt: string | null;
}

/** Everybody: the gate above a scanned root. */
export function everybody(directory: Directory): Passers {
  return allWith(PROVEN, directory);
}

export function nobody(directory: Directory): Passers {
  return allWith(NO, directory);
}

/** One answer for all, such as that of the account in whose name a share opens files. */
export function allWith(flag: number, directory: Directory, doubt: string | null = null): Passers {
  return { flags: new Uint8Array(directory.subjects.length).fill(flag), others: new Map(), groups: new Map(), doubt };
}

/** Those who pass both. */
export function meet(a: Passers, b: Passers): Passers {
  return combine(a, b, (x, y) => x & y);
}

/** Those who pass one of two ways. */
export function join(a: Passers, b: Passers): Passers {
  return combine(a, b, (x, y) => x | y);
}

/** The answer for an id that is no subject: as told, or as for the subjects that it certainly stands for. */
export function flagOf(passers: Passers, id: PrincipalId): number {
  return passers.others.get(id) ?? passers.groups.get(id) ?? defaultFlag(passers.flags, id);
}

/** Somebody in Everyone may be a guest or have an account: that both pass is sure only where both do. */
function defaultFlag(flags: Uint8Array, id: PrincipalId): number {
  const known = wellKnownOf(id);
  if (known?.kind !== 'broad' || known.reach === 'authenticated') return flags[STRANGER]!;
  return known.reach === 'guests' ? flags[GUEST]! : flags[GUEST]! & flags[STRANGER]!;
}

/** Equal for equal passers, 22 characters; @param more what else tells two gates apart. */
export function passersKey(passers: Passers, more = ''): string {
  const inOrder = (flags: Passers['others']): [string, number][] => [...flags].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(passers.flags)
    .update(JSON.stringify([inOrder(passers.others), inOrder(passers.groups), passers.doubt, more]))
    .digest('base64url')
    .slice(0, 22);
}

function combine(a: Passers, b: Passers, rule: (x: number, y: number) => number): Passers {
  const flags = new Uint8Array(a.flags.length);
  for (let i = 0; i < flags.length; i++) flags[i] = rule(a.flags[i]!, b.flags[i]!);
  const flagsOf = (ids: Iterable<PrincipalId>): Map<PrincipalId, number> => {
    const combined = new Map<PrincipalId, number>();
    for (const id of ids) combined.set(id, rule(flagOf(a, id), flagOf(b, id)));
    return combined;
  };
  const others = flagsOf([...a.others.keys(), ...b.others.keys()]);
  for (const [id, flag] of others) if (flag === flags[STRANGER]) others.delete(id);
  // A group keeps its entry even where it says no more than the default: the judge names broad principals by it.
  return { flags, others, groups: flagsOf([...a.groups.keys(), ...b.groups.keys()]), doubt: a.doubt ?? b.doubt };
}
