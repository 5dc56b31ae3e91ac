/** Judging by SDDL that was exported, behind the shares that were exported with it. */
import type { Access } from '../model.js';
import type { GateTold } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { Directory } from './directory.js';
import { below } from './exports/export-path.js';
import type { ExportedRoot, PlacedShare } from './exports/load.js';
import { type AccessBounds, answerFor, judgeReaders, type Told, takePassers } from './exposure.js';
import type { Descriptor } from './nt/descriptor.js';
import { effectiveAces, ntReaders } from './nt/nt-gate.js';
import { ntTold } from './nt/nt-judge.js';
import { parseSddl } from './nt/sddl.js';
import { join, type Passers, POSSIBLE } from './passers.js';
import { OWNER_RIGHTS } from './principal.js';
import { toldReaders } from './readers.js';
import { PLAIN_SHARE, type ShareGate, shareGateOf, throughShare, toldThrough } from './share.js';

/** The shares that lead to a folder. None: no list of shares was given, or none of them holds it; then nothing narrows what the file's list says. */
export interface NtShares {
  readonly key: string;
  readonly gates: readonly ShareGate[];
}

/** Stands for the owner where the export has none. */
export const OWNER_NOT_TOLD = 'owner';
const NO_OWNER = 'its owner is not in the export';

export class ExportedNt {
  private readonly gates: readonly { readonly share: PlacedShare; readonly gate: ShareGate }[];
  private readonly held = new Map<string, NtShares>();

  constructor(
    private readonly exported: ExportedRoot,
    private readonly directory: Directory,
    private readonly bounds: AccessBounds,
  ) {
    this.gates = exported.shares.map((share) => ({
      share,
      gate: shareGateOf({ ...PLAIN_SHARE, name: share.name, guestOk: true, descriptor: this.shareList(share.sddl) }, directory),
    }));
  }

  /** @param way the folder below the root, in the form of windowsPath. */
  sharesAt(way: string): NtShares {
    const here = this.gates.filter(({ share }) => below(share.at, way, '\\') !== null);
    const key = here.map(({ share }) => `${share.name}\0${share.at}`).join('\n');
    let shares = this.held.get(key);
    if (shares === undefined) {
      shares = { key, gates: here.map(({ gate }) => gate) };
      this.held.set(key, shares);
    }
    return shares;
  }

  judge(sddl: string, shares: NtShares): Access {
    const descriptor = this.descriptorOf(sddl);
    if (typeof descriptor !== 'string') return this.judgeDescriptor(descriptor, shares);
    const { source } = this.exported;
    return { state: 'unknown', source, broad: [], readers: null, reason: `its list in the export: ${descriptor}` };
  }

  /** A text says what is wrong with it. */
  descriptorOf(sddl: string): Descriptor | string {
    try {
      return parseSddl(sddl, this.exported.domain ?? undefined);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      return error.detail;
    }
  }

  judgeDescriptor(descriptor: Descriptor, shares: NtShares): Access {
    const { source } = this.exported;
    const behind = ntReaders(descriptor, this.directory);
    const told = ntTold(source, descriptor, this.directory, behind.doubt ?? (hidesOwner(descriptor) ? NO_OWNER : null));
    const judge = (readers: Passers, words: Told): Access =>
      judgeReaders(hidesOwner(descriptor) ? withOwner(readers) : readers, this.directory, this.bounds, words);
    if (shares.gates.length === 0) return judge(behind, told);
    // The loosest share decides, and more people than by each alone may read by all of them.
    const through = shares.gates.map((gate) => ({ gate, readers: throughShare(gate, behind) }));
    const all = judge(through.map(({ readers }) => readers).reduce(join), this.toldBehind(shares.gates, told));
    const one = through
      .map(({ gate, readers }) => judge(readers, toldThrough(gate, told)))
      .find((access) => access.state === all.state && access.readers === all.readers);
    // The words may be those of one share; who reads is told by all of them.
    return one === undefined ? all : answerFor(takePassers(all)!, one);
  }

  /** The shares, then the file's own list in SDDL. @param sddl null where it is not known. */
  gatesTold(path: string | Buffer, sddl: string | null, shares: NtShares): GateTold[] {
    const gate = (kind: GateTold['gate'], of: string | Buffer, entries: string[], passers: Passers): GateTold => {
      return { gate: kind, of, permission: '', entries, passers: toldReaders(passers, this.directory), doubt: passers.doubt };
    };
    const told = shares.gates.map(({ name, entrants }) => gate('share', name, [], entrants));
    if (sddl === null) return told;
    try {
      const descriptor = parseSddl(sddl, this.exported.domain ?? undefined);
      const readers = ntReaders(descriptor, this.directory);
      return [...told, gate('file', path, [sddl], hidesOwner(descriptor) ? withOwner(readers) : readers)];
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      return told;
    }
  }

  private toldBehind(gates: readonly ShareGate[], told: Told): Told {
    const through = `shares ${gates.map((gate) => gate.name).join(', ')}`;
    return {
      source: told.source,
      permission: `${told.permission} behind ${through}`,
      openTo: (broad) => `${told.openTo(broad)}, through ${through}`,
      who: () => `${told.who()}, through ${through}`,
      doubt: told.doubt ?? gates.find((gate) => gate.entrants.doubt !== null)?.entrants.doubt ?? null,
    };
  }

  private shareList(sddl: string | null): Descriptor | null | 'unreadable' {
    if (sddl === null) return null;
    try {
      return parseSddl(sddl, this.exported.domain ?? undefined);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      return 'unreadable';
    }
  }
}

/** icacls saves no owner, who may rewrite the list whatever it says, unless the list says what owners may. */
function hidesOwner(descriptor: Descriptor): boolean {
  if (descriptor.owner !== null || descriptor.dacl === null) return false;
  return !effectiveAces(descriptor).some((ace) => ace.sid === OWNER_RIGHTS);
}

/** One more possible reader. */
function withOwner(readers: Passers): Passers {
  return { ...readers, others: new Map([...readers.others, [OWNER_NOT_TOLD, POSSIBLE]]) };
}
