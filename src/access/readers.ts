/** Who passes, as it is kept and told: principals by id, and only those of whom more is to be said than of everybody. Pure. */
import type { Access, Principal, Readers } from '../model.js';
import { type Directory, GUEST, STRANGER } from './directory.js';
import { takePassers } from './exposure.js';
import { type Passers, POSSIBLE } from './passers.js';
import { canonicalId, type PrincipalId } from './principal.js';

/** Nobody knows anything: everybody may read. */
const ANYBODY: Readers = { everybody: POSSIBLE, guests: POSSIBLE, differing: [] };

/** The readers of answers that were given by one directory; to be asked once for each answer. */
export function readersBy(directory: Directory): (access: Access) => Readers {
  const principals = accountsOf(directory);
  return (access) => {
    const passers = takePassers(access);
    return passers === null ? ANYBODY : toldReaders(passers, directory, principals);
  };
}

/**
 * @param principals what `accountsOf` gives for the directory, when it is at hand.
 * @returns broad principals are told as everybody and guests, not by themselves.
 */
export function toldReaders(passers: Passers, directory: Directory, principals: readonly Principal[] = accountsOf(directory)): Readers {
  const everybody = passers.flags[STRANGER]!;
  const differing: { principal: Principal; certainty: number }[] = [];
  for (let i = STRANGER + 1; i < passers.flags.length; i++) {
    const certainty = passers.flags[i]!;
    if (certainty !== everybody) differing.push({ principal: principals[i - STRANGER - 1]!, certainty });
  }
  for (const [id, certainty] of [...passers.others, ...passers.groups]) {
    const principal = certainty === everybody ? null : unknownPrincipal(id, directory);
    if (principal !== null) differing.push({ principal, certainty });
  }
  return { everybody, guests: passers.flags[GUEST]!, differing };
}

/** The accounts of the directory in the order of its subjects, without the guest and the stranger. */
export function accountsOf(directory: Directory): Principal[] {
  return directory.subjects.slice(STRANGER + 1).map(({ name, ids, isPerson }) => ({
    id: ids[0] ?? `name:${name}`,
    kind: isPerson ? 'account' : 'service',
    name,
    aliases: ids.slice(1),
  }));
}

/** Somebody who is no account; null for broad principals and those that match no person. */
function unknownPrincipal(asked: PrincipalId, directory: Directory): Principal | null {
  const id = canonicalId(asked);
  const standing = directory.whoIs(id);
  const named = { id, name: directory.nameOf(id), aliases: [] };
  if (standing.kind === 'person') return { ...named, kind: 'person' };
  if (standing.kind === 'group') return { ...named, kind: standing.isResolved ? 'group' : 'unresolved' };
  return null;
}
