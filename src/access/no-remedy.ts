/** Why no change of lists closes an open file, as far as that is known. Pure. */
import type { NoRemedy } from '../parts.js';
import { type Directory, GUEST } from './directory.js';
import type { AccessBounds } from './exposure.js';
import { uidOf } from './principal.js';
import type { ServedShare } from './way.js';

/** @param uid the owner, who can always let himself in. */
export function noRemedyFor(uid: number, shares: readonly ServedShare[], directory: Directory, { concerned }: AccessBounds): NoRemedy {
  const id = uidOf(uid);
  const standing = directory.whoIs(id);
  // Behind these the owner's right is not what lets people in.
  const opensForAll = shares.some(({ share, gate }) => gate.actsAs !== null || share.definition.adminUsers.length > 0);
  if (opensForAll) return 'share';
  const isGuest = standing.kind === 'account' && standing.subject === GUEST;
  if (isGuest && concerned?.subjects[GUEST] !== 1) return 'owner-guest';
  const isOutsider =
    concerned !== undefined &&
    (standing.kind === 'account' ? standing.logins.some((login) => concerned.subjects[login] !== 1) : !concerned.ids.has(id)) &&
    !directory.isAdmin(id);
  if (isOutsider) return 'owner-not-concerned';
  return shares.length > 0 ? 'share' : 'unknown';
}
