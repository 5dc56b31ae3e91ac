/**
 * The gate of one NT descriptor: who reads by it (MS-DTYP 2.5.3.2), for every subject at once. Pure. Whatever can't be known lets in and shuts
 * nobody out: an entry with a condition counts when it allows and not when it denies, a group nobody could resolve may hold anybody.
 */
import { type Directory, GUEST, STRANGER, type Standing } from '../directory.js';
import { NO, type Passers, POSSIBLE, PROVEN } from '../passers.js';
import { canonicalId, EVERYONE, OWNER_RIGHTS, type PrincipalId, type Reach, shownId } from '../principal.js';
import { type Ace, DENY, type Descriptor, INHERIT_ONLY, isAllow } from './descriptor.js';

/** Rights of a file (MS-DTYP 2.4.3, MS-SMB2 2.2.13.1.1). */
export const READ_DATA = 0x1;
export const EXECUTE = 0x20;
export const WRITE_DAC = 0x40000;
export const WRITE_OWNER = 0x80000;

/** Whoever may rewrite the list or take the file over can let himself in. */
export const LOCAL_READING = READ_DATA | WRITE_DAC | WRITE_OWNER;
/** A server hands the content out to whoever opened the file for execution (MS-SMB2 3.3.5.12). */
export const SMB_READING = LOCAL_READING | EXECUTE;
/** A share's own list gates what passes through it; it gives nobody the right to change that list. */
export const SHARE_READING = READ_DATA | EXECUTE;

/** Generic rights and what they mean for a file. */
const GENERIC: readonly (readonly [bit: number, rights: number])[] = [
  [0x10000000, 0x1f01ff],
  [0x20000000, 0x1200a0],
  [0x40000000, 0x120116],
  [0x80000000, 0x120089],
];

/** Specific rights with the generic ones spelled out. */
export function rightsOf(mask: number): number {
  return GENERIC.reduce((rights, [bit, meant]) => ((mask & bit) !== 0 ? rights | meant : rights), mask & 0x0fffffff);
}

/** An inherit-only entry speaks of what lies below. */
export function effectiveAces(descriptor: Descriptor): readonly Ace[] {
  return (descriptor.dacl ?? []).filter((ace) => (ace.flags & INHERIT_ONLY) === 0);
}

/** @param reading the rights any one of which is reading. */
export function ntReaders(descriptor: Descriptor, directory: Directory, reading: number = SMB_READING): Passers {
  const tally = new Tally(descriptor, directory);
  if (descriptor.dacl === null) return tally.everybody();
  const aces = effectiveAces(descriptor);
  // An owner may rewrite the list whatever it says, unless it says what owners may.
  if (!aces.some((ace) => ace.sid === OWNER_RIGHTS) && descriptor.owner !== null) tally.allow(descriptor.owner, WRITE_DAC & reading);
  for (const ace of aces) {
    const rights = rightsOf(ace.mask) & reading;
    const id = ace.sid === OWNER_RIGHTS ? descriptor.owner : ace.sid;
    if (rights === 0 || id === null) continue;
    if (isAllow(ace.type)) tally.allow(id, rights);
    // Conditions may not hold, and object types belong to directories: such entries may shut nobody out.
    else if (ace.type === DENY) tally.deny(id, rights);
  }
  return tally.passers();
}

/** Somebody who is no subject, but may differ from the stranger: all that is known of them is one id of the list. */
interface Extra {
  readonly id: PrincipalId;
  readonly standing: Standing;
  readonly reach: Reach;
}

/** For each right of each subject the first entry that matches decides; the subjects come first, the extras after them. */
class Tally {
  private readonly extras: Extra[] = [];
  private readonly granted: Uint32Array;
  private readonly denied: Uint32Array;
  private readonly possible: Uint32Array;
  private doubt: string | null = null;

  constructor(
    descriptor: Descriptor,
    private readonly directory: Directory,
  ) {
    const ids = new Set([...effectiveAces(descriptor).map((ace) => ace.sid), ...(descriptor.owner === null ? [] : [descriptor.owner])]);
    if (descriptor.dacl === null) ids.add(EVERYONE);
    for (const id of new Set([...ids].map(canonicalId))) {
      const standing = directory.whoIs(id);
      if (standing.kind === 'broad') this.extras.push({ id, standing, reach: standing.reach });
      else if (standing.kind === 'group' || standing.kind === 'person') this.extras.push({ id, standing, reach: 'authenticated' });
    }
    const size = directory.subjects.length + this.extras.length;
    this.granted = new Uint32Array(size);
    this.denied = new Uint32Array(size);
    this.possible = new Uint32Array(size);
  }

  allow(id: PrincipalId, rights: number): void {
    const standing = this.directory.whoIs(id);
    for (const place of this.placesOf(id, standing)) this.granted[place]! |= rights & ~this.denied[place]!;
    if (standing.kind !== 'group' || standing.isResolved) return;
    for (let place = 0; place < this.possible.length; place++) this.possible[place]! |= rights & ~this.denied[place]!;
    this.doubt ??= `nobody knows whom ${this.directory.nameOf(id) ?? shownId(id)} stands for`;
  }

  /** Of a broad group whose members depend on the logon nobody is surely in it, so that it shuts nobody out. */
  deny(id: PrincipalId, rights: number): void {
    const standing = this.directory.whoIs(id);
    if (standing.kind === 'broad' && !standing.isSure) return;
    for (const place of this.placesOf(id, standing)) this.denied[place]! |= rights & ~this.granted[place]!;
  }

  everybody(): Passers {
    this.granted.fill(READ_DATA);
    return this.passers();
  }

  passers(): Passers {
    const count = this.directory.subjects.length;
    const flagAt = (place: number): number => (this.granted[place] !== 0 ? PROVEN : this.possible[place] !== 0 ? POSSIBLE : NO);
    const flags = Uint8Array.from({ length: count }, (_, place) => flagAt(place));
    const others = new Map<PrincipalId, number>();
    const groups = new Map<PrincipalId, number>();
    for (const [i, { id, standing }] of this.extras.entries()) {
      const flag = flagAt(count + i);
      if (standing.kind !== 'person') groups.set(id, flag);
      else if (flag !== flags[STRANGER]) others.set(id, flag);
    }
    return { flags, others, groups, doubt: flags[STRANGER] === PROVEN ? null : this.doubt };
  }

  private *placesOf(id: PrincipalId, standing: Standing): Generator<number> {
    const count = this.directory.subjects.length;
    if (standing.kind === 'account') yield* standing.logins;
    else if (standing.kind === 'group') yield* standing.members;
    else if (standing.kind === 'broad') {
      for (let place = 0; place < count; place++) if (holds(standing.reach, place === GUEST ? 'guests' : 'authenticated')) yield place;
    }
    const canonical = canonicalId(id);
    for (const [i, extra] of this.extras.entries()) {
      const isIn = standing.kind === 'broad' && holds(standing.reach, extra.reach);
      // Broad principals are named in reports, so that one is only taken for part of another where that is sure.
      if (extra.id === canonical || (isIn && (standing.isSure || extra.standing.kind !== 'broad'))) yield count + i;
    }
  }
}

/** Whether everybody of the second reach is in the first. */
function holds(reach: Reach, other: Reach): boolean {
  return reach === 'everyone' || reach === other;
}
