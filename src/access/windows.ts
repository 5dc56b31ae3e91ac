/**
 * Access on Windows by the NT descriptor of each file and the shares that it is reached through. Folders on the way do not limit readers: every
 * account may pass them (SeChangeNotifyPrivilege, "Bypass traverse checking", given to Everyone). Equal descriptors are judged once. An error is
 * never taken for a restriction.
 */
import { createHash } from 'node:crypto';
import type { Access, FileStat } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { DescriptorReader } from '../windows/descriptor-bytes.js';
import { windowsError } from '../windows/error-code.js';
import type { Directory } from './directory.js';
import { type AccessBounds, answerFor, judgeReaders, takePassers } from './exposure.js';
import { type Descriptor, parseDescriptor } from './nt/descriptor.js';
import { LOCAL_READING, ntReaders, SMB_READING } from './nt/nt-gate.js';
import { judgeNt, ntTold } from './nt/nt-judge.js';
import { everybody, join } from './passers.js';
import { type ShareGate, throughShare, toldThrough } from './share.js';
import type { ShareTable } from './windows-shares.js';

const SOURCE = 'windows';
/** Answers held at a time; a share has tens to thousands of distinct descriptors. */
const HELD_MAX = 100_000;
/** From the loosest. */
const STATES: readonly Access['state'][] = ['open', 'unknown', 'restricted'];

export interface WindowsHost {
  readonly descriptors: DescriptorReader;
  readonly shares: ShareTable;
}

class WindowsGate implements FolderGate {
  /** By the bytes of the descriptor, one character a byte; errors by `!` and their code. */
  readonly verdicts = new Map<string, Access>();
  constructor(
    readonly key: string,
    readonly shares: readonly ShareGate[],
  ) {}
}

export function windowsSource(directory: Directory, bounds: AccessBounds, host: WindowsHost): AccessSource {
  return new WindowsSource(directory, bounds, host);
}

class WindowsSource implements AccessSource {
  readonly id = SOURCE;
  /** Gates by the shares that they stand for. */
  private readonly gates = new Map<string, WindowsGate>();
  private readonly owners = new WeakMap<Access, string>();

  constructor(
    private readonly directory: Directory,
    private readonly bounds: AccessBounds,
    private readonly host: WindowsHost,
  ) {}

  folder(path: string | Buffer): FolderGate {
    const shares = this.host.shares.exposing(path.toString());
    const names = shares.map(({ name }) => name).join('|');
    const key = createHash('sha256').update(names).digest('base64url').slice(0, 22);
    let gate = this.gates.get(key);
    if (gate === undefined) {
      gate = new WindowsGate(key, shares);
      hold(this.gates, key, gate);
    }
    return gate;
  }

  file(path: () => string | Buffer, _stat: FileStat, gate: FolderGate): Access {
    const { verdicts, shares } = gate as WindowsGate;
    const got = this.host.descriptors.read(path());
    const key = typeof got === 'number' ? `!${got}` : got.toString('latin1');
    let access = verdicts.get(key);
    if (access === undefined) {
      access = typeof got === 'number' ? unreadable(windowsError(got)) : this.judge(got, shares);
      hold(verdicts, key, access);
    }
    return access;
  }

  ownerOf(access: Access): string | null {
    return this.owners.get(access) ?? null;
  }

  private judge(bytes: Buffer, shares: readonly ShareGate[]): Access {
    let descriptor: Descriptor;
    try {
      descriptor = parseDescriptor(bytes);
    } catch (error) {
      if (error instanceof FileProblem) return unreadable(error.detail);
      throw error;
    }
    const access = shares.length === 0 ? this.judgeLocal(descriptor) : this.judgeShared(descriptor, shares);
    const owner = descriptor.owner;
    if (owner !== null) this.owners.set(access, this.directory.nameOf(owner) ?? owner);
    return access;
  }

  /** On no share: by those who log on at this computer. */
  private judgeLocal(descriptor: Descriptor): Access {
    const access = judgeNt(SOURCE, everybody(this.directory), descriptor, this.directory, this.bounds, LOCAL_READING);
    return answerFor(takePassers(access)!, { ...access, reason: `${access.reason}; on no share of this computer` });
  }

  /** Whoever comes in through any of the shares; the loosest of them is told. */
  private judgeShared(descriptor: Descriptor, shares: readonly ShareGate[]): Access {
    const ways = shares.map((gate) => {
      const own = ntReaders(descriptor, gate.directory, SMB_READING);
      const told = toldThrough(gate, ntTold(SOURCE, descriptor, gate.directory, own.doubt, SMB_READING));
      const readers = throughShare(gate, own);
      return { readers, told, state: judgeReaders(readers, gate.directory, this.bounds, told).state };
    });
    const loosest = ways.reduce((a, b) => (STATES.indexOf(b.state) < STATES.indexOf(a.state) ? b : a));
    return judgeReaders(ways.map(({ readers }) => readers).reduce(join), this.directory, this.bounds, loosest.told);
  }
}

function unreadable(why: string): Access {
  return { state: 'unknown', source: SOURCE, broad: [], readers: null, reason: `acl-unreadable: ${why}` };
}

/** Forgets all at the bound: what is still in use is judged again, which costs time and nothing else. */
function hold<V>(held: Map<string, V>, key: string, value: V): void {
  if (held.size >= HELD_MAX) held.clear();
  held.set(key, value);
}
