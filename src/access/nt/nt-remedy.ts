/**
 * What would close a file that is open by its NT descriptor, as arguments of icacls: the list without everybody and broad groups, freed from what
 * it inherits, with administrators, the owner and the other groups of the list as they were. Pure, and it runs nothing.
 */
import type { Access } from '../../model.js';
import type { Remedy } from '../../parts.js';
import type { Directory } from '../directory.js';
import type { AccessBounds } from '../exposure.js';
import { canonicalId, type PrincipalId } from '../principal.js';
import { type Ace, ALLOW, DACL_AUTO_INHERITED, DACL_PRESENT, DACL_PROTECTED, DENY, type Descriptor, isAllow } from './descriptor.js';
import { rightsOf } from './nt-gate.js';

const FULL = 0x1f01ff;
const ADMINISTRATORS = 'S-1-5-32-544';
const SYSTEM = 'S-1-5-18';
/** OI, CI, NP, IO. */
const INHERITANCE: readonly (readonly [bit: number, word: string])[] = [
  [1, '(OI)'],
  [2, '(CI)'],
  [4, '(NP)'],
  [8, '(IO)'],
];
const INHERITED = 0x10;

/** The simple rights of icacls, then its specific ones. */
const SIMPLE: ReadonlyMap<number, string> = new Map([
  [FULL, 'F'],
  [0x1301bf, 'M'],
  [0x1200a9, 'RX'],
  [0x120089, 'R'],
  [0x100116, 'W'],
]);
const SPECIFIC: readonly (readonly [bit: number, word: string])[] = [
  [0x10000, 'DE'],
  [0x20000, 'RC'],
  [0x40000, 'WDAC'],
  [0x80000, 'WO'],
  [0x100000, 'S'],
  [0x1, 'RD'],
  [0x2, 'WD'],
  [0x4, 'AD'],
  [0x8, 'REA'],
  [0x10, 'WEA'],
  [0x20, 'X'],
  [0x40, 'DC'],
  [0x80, 'RA'],
  [0x100, 'WA'],
];

/**
 * @param path as icacls on Windows would be given it; @param judge the answer for the file when this were its (or its folder's) descriptor.
 * Null when no such list closes it, or an entry is of a sort that icacls can't write (conditions).
 */
export function closeByIcacls(
  target: Remedy['target'],
  path: string,
  descriptor: Descriptor,
  directory: Directory,
  bounds: AccessBounds,
  judge: (descriptor: Descriptor) => Access,
): Remedy | null {
  const list =
    descriptor.dacl ?? [ADMINISTRATORS, SYSTEM].map((sid): Ace => ({ type: ALLOW, flags: target === 'folder' ? 3 : 0, mask: FULL, sid }));
  if (list.some(({ type }) => type !== ALLOW && type !== DENY)) return null;
  const allowed = [...new Set(list.filter(({ type }) => isAllow(type)).map(({ sid }) => sid))];
  const removed = new Set(allowed.filter((sid) => isBroad(sid, directory, bounds)));
  const groups = allowed
    .filter((sid) => !removed.has(sid) && directory.whoIs(sid).kind === 'group')
    .sort((a, b) => directory.group(a).members.size - directory.group(b).members.size);
  for (;;) {
    const kept = withOwner(
      list.filter(({ type, sid }) => type === DENY || !removed.has(sid)),
      descriptor.owner,
      directory,
      target,
    );
    const after = judge({ ...descriptor, control: closedControl(descriptor), dacl: kept });
    if (after.state !== 'open') {
      const explicit = list.filter(({ sid, flags, type }) => isAllow(type) && removed.has(sid) && (flags & INHERITED) === 0);
      const removes = [...(descriptor.dacl === null ? ['other'] : []), ...removed];
      const keeps = [...new Set(kept.filter(({ type }) => isAllow(type)).map(({ sid }) => sid))];
      return { tool: 'icacls', target, path, commands: commandsFor(kept, explicit), removes, keeps, after };
    }
    const next = groups.pop();
    if (next === undefined) return null;
    removed.add(next);
  }
}

function isBroad(sid: PrincipalId, directory: Directory, bounds: AccessBounds): boolean {
  const id = canonicalId(sid);
  return directory.whoIs(id).kind === 'broad' || bounds.broadGroups.some((broad) => broad === id || broad === directory.nameOf(id));
}

/** An owner whom only a broad entry let in would be left with nothing but the right to change the list. */
function withOwner(list: readonly Ace[], owner: string | null, directory: Directory, target: Remedy['target']): readonly Ace[] {
  if (owner === null || directory.isAdmin(owner)) return list;
  const kind = directory.whoIs(owner).kind;
  const isPerson = kind === 'account' || kind === 'person' || (kind === 'group' && owner.startsWith('S-1-5-21-'));
  if (!isPerson || list.some(({ type, sid }) => isAllow(type) && canonicalId(sid) === canonicalId(owner))) return list;
  return [...list, { type: ALLOW, flags: target === 'folder' ? 3 : 0, mask: FULL, sid: owner }];
}

function closedControl({ control }: Descriptor): number {
  return (control | DACL_PRESENT | DACL_PROTECTED) & ~DACL_AUTO_INHERITED;
}

/** `:r` takes the place of what was granted before, so that only the first entry of a SID may have it. */
function commandsFor(kept: readonly Ace[], explicit: readonly Ace[]): string[][] {
  const first: string[] = [];
  const further: string[] = [];
  const denied: string[] = [];
  const seen = new Set<string>();
  for (const ace of kept) {
    const text = `*${ace.sid}:${aceRights(ace)}`;
    if (ace.type === DENY) denied.push(text);
    else if (seen.has(ace.sid)) further.push(text);
    else {
      seen.add(ace.sid);
      first.push(text);
    }
  }
  const broad = [...new Set(explicit.map(({ sid }) => `*${sid}`))];
  return [
    ['icacls', '/inheritance:r', ...(first.length > 0 ? ['/grant:r', ...first] : [])],
    ...(further.length > 0 ? [['icacls', '/grant', ...further]] : []),
    // What was denied by inheritance went with it; what was denied here is the same once more.
    ...(denied.length > 0 ? [['icacls', '/deny', ...denied]] : []),
    ...(broad.length > 0 ? [['icacls', '/remove:g', ...broad]] : []),
  ];
}

/** `(OI)(CI)(RX)`, as icacls writes it. */
export function aceRights({ flags, mask }: Ace): string {
  const inheritance = INHERITANCE.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => word);
  return `${inheritance.join('')}(${rightWords(mask)})`;
}

function rightWords(mask: number): string {
  const rights = rightsOf(mask);
  const simple = SIMPLE.get(rights);
  return (
    simple ??
    SPECIFIC.filter(([bit]) => (rights & bit) !== 0)
      .map(([, word]) => word)
      .join(',')
  );
}
