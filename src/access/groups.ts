/**
 * The accounts and groups that this host knows, from /etc/passwd and /etc/group. Names are decoration: everything is decided by numbers.
 * It asks no directory service, so a group that only such a service knows stays unresolved.
 */
import { readFileSync } from 'node:fs';

/** The highest uid of system accounts (login.defs SYS_UID_MAX on Debian and Red Hat). They can read, but are no staff to take a share of. */
const SYSTEM_UID_MAX = 999;
/** `nobody`, `nogroup`: what guests of a share and users without a mapping become. */
export const GUEST_ID = 65534;

/** Places of the two subjects that are no accounts. A stranger has an account, but is in no group. */
export const GUEST = 0;
export const STRANGER = 1;

/** Someone whose reading is judged. */
export interface Subject {
  readonly name: string;
  /** Null for a name that stands in a group but has no account here, and for the stranger. */
  readonly uid: number | null;
  /** Whether it is one of the known accounts, a share of which makes a file open. */
  readonly isPerson: boolean;
}

export interface Groups {
  /** The guest, the stranger, then all accounts but root's, which reads everything and is never counted. */
  readonly subjects: readonly Subject[];
  /** Subjects that are persons. */
  readonly persons: number;
  subjectOfUid(uid: number): number | undefined;
  /** Places in `subjects` of those known to be in the group, by primary group or by name. */
  members(gid: number): ReadonlySet<number>;
  /** False for a group that stands in no file: anybody may be in it. */
  isResolved(gid: number): boolean;
  groupName(gid: number): string | null;
  gidOf(name: string): number | null;
  ownerName(uid: number): string | null;
}

/** Reads the host's own files. Where there are none (Windows), every group but root's and the guests' is unresolved. */
export function readGroups(): Groups {
  return parseGroups(readAccountFile('/etc/passwd'), readAccountFile('/etc/group'));
}

/** @param passwd text in the form of passwd(5); @param group of group(5). Lines that don't fit, and those of NIS (`+`, `-`), are passed over. */
export function parseGroups(passwd: string, group: string): Groups {
  const known = new KnownGroups();
  for (const [name, , uid, gid] of fieldsOf(passwd)) known.addAccount(name!, idOf(uid), idOf(gid));
  for (const [name, , gid, members] of fieldsOf(group)) known.addGroup(name!, idOf(gid), members ?? '');
  return known;
}

function readAccountFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Without these files no group is resolved, and the answers become `unknown`, which is what is known.
    return '';
  }
}

function* fieldsOf(text: string): Generator<string[]> {
  for (const line of text.split('\n')) if (/^[^#+:-]/.test(line)) yield line.trimEnd().split(':');
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

const NO_MEMBERS: ReadonlySet<number> = new Set();

class KnownGroups implements Groups {
  readonly subjects: Subject[] = [
    { name: 'guest', uid: GUEST_ID, isPerson: false },
    { name: 'other', uid: null, isPerson: false },
  ];
  persons = 0;
  private readonly subjectsByUid = new Map([[GUEST_ID, GUEST]]);
  /** Null stands for root. */
  private readonly subjectsByName = new Map<string, number | null>();
  private readonly names = new Map<number, string>();
  // Group 0 is administration: it is resolved even where no file names it.
  private readonly groupNames = new Map<number, string>([[0, 'root']]);
  private readonly memberSets = new Map<number, Set<number>>([[GUEST_ID, new Set([GUEST])]]);

  addAccount(name: string, uid: number | null, gid: number | null): void {
    if (uid === null) return;
    if (!this.names.has(uid)) this.names.set(uid, name);
    if (uid === 0) {
      this.subjectsByName.set(name, null);
      return;
    }
    let subject = this.subjectsByUid.get(uid);
    if (subject === undefined) {
      subject = this.addSubject({ name, uid, isPerson: uid > SYSTEM_UID_MAX });
      this.subjectsByUid.set(uid, subject);
    }
    this.subjectsByName.set(name, subject);
    if (gid !== null) this.join(gid, subject);
  }

  addGroup(name: string, gid: number | null, members: string): void {
    if (gid === null) return;
    this.groupNames.set(gid, this.groupNames.get(gid) ?? name);
    for (const member of members.split(',')) {
      if (member.trim() === '') continue;
      const subject = this.subjectOfName(member.trim());
      if (subject !== null) this.join(gid, subject);
    }
  }

  subjectOfUid(uid: number): number | undefined {
    return this.subjectsByUid.get(uid);
  }

  members(gid: number): ReadonlySet<number> {
    return this.memberSets.get(gid) ?? NO_MEMBERS;
  }

  isResolved(gid: number): boolean {
    return gid === GUEST_ID || this.groupNames.has(gid);
  }

  groupName(gid: number): string | null {
    return this.groupNames.get(gid) ?? null;
  }

  gidOf(name: string): number | null {
    for (const [gid, known] of this.groupNames) if (known === name) return gid;
    return null;
  }

  ownerName(uid: number): string | null {
    return this.names.get(uid) ?? null;
  }

  /** A member without an account here comes from a directory service: one person, of whom only these groups are known. */
  private subjectOfName(name: string): number | null {
    const known = this.subjectsByName.get(name);
    if (known !== undefined) return known;
    const subject = this.addSubject({ name, uid: null, isPerson: true });
    this.subjectsByName.set(name, subject);
    return subject;
  }

  private addSubject(subject: Subject): number {
    if (subject.isPerson) this.persons++;
    return this.subjects.push(subject) - 1;
  }

  private join(gid: number, subject: number): void {
    const members = this.memberSets.get(gid);
    if (members === undefined) this.memberSets.set(gid, new Set([subject]));
    else members.add(subject);
  }
}
