/**
 * Through which shares of a Windows server a folder is reached, and whom those let in. A folder that is given by its UNC name is looked up at
 * its server. Where the shares can't be asked for, everybody may come in, and nobody is proven to.
 */
import { win32 } from 'node:path';
import { windowsError } from '../windows/error-code.js';
import type { WindowsShare } from '../windows/shares.js';
import type { Directory } from './directory.js';
import { parseDescriptor } from './nt/descriptor.js';
import { PLAIN_SHARE, type ShareDefinition, type ShareGate, shareGateOf } from './share.js';

/** The shares of a server (null: this host), or the code of the error. */
export type ShareReader = (server: string | null) => readonly WindowsShare[] | number;

export interface ShareTable {
  /** The shares that expose the folder. Empty where it is not shared: who logs on at the server reads it. */
  exposing(folder: string): readonly ShareGate[];
}

export interface ShareTableOptions {
  readonly directory: Directory;
  readonly read: ShareReader;
  /** Whether a drive is another computer's: its shares are not known here. */
  isRemote(root: string): boolean;
}

interface Known {
  readonly name: string;
  /** On the server, as `folded` gives it. */
  readonly folder: string;
  readonly gate: ShareGate;
}

export function createShareTable(options: ShareTableOptions): ShareTable {
  return new Shares(options);
}

class Shares implements ShareTable {
  /** By server in small letters, '' for this host. */
  private readonly servers = new Map<string, readonly Known[] | number>();
  private readonly unknownGates = new Map<string, readonly ShareGate[]>();

  constructor(private readonly options: ShareTableOptions) {}

  exposing(folder: string): readonly ShareGate[] {
    const unc = uncOf(folder);
    if (unc === null) {
      if (this.options.isRemote(win32.parse(folder).root)) return this.unknown('behind a mapped drive');
      const shares = this.sharesOf(null);
      return typeof shares === 'number' ? this.unknown(`of this computer (${windowsError(shares)})`) : above(shares, folder);
    }
    const { server, share, rest } = unc;
    const shares = this.sharesOf(server);
    const name = `\\\\${server}\\${share}`;
    if (typeof shares === 'number') return this.unknown(`${name} (${windowsError(shares)})`);
    const entry = shares.find((known) => known.name.toLowerCase() === share.toLowerCase());
    // A share for administrators, or one that came later: nobody knows whom it lets in.
    return entry === undefined ? this.unknown(name) : above(shares, win32.join(entry.folder, rest));
  }

  private sharesOf(server: string | null): readonly Known[] | number {
    const key = server?.toLowerCase() ?? '';
    let known = this.servers.get(key);
    if (known === undefined) {
      const shares = this.options.read(server);
      const prefix = server === null ? '' : `\\\\${server}\\`;
      known =
        typeof shares === 'number'
          ? shares
          : shares.map(({ name, path, descriptor }) => ({
              name,
              folder: folded(path),
              gate: this.gateOf(`${prefix}${name}`, descriptor === null ? null : parsed(descriptor)),
            }));
      this.servers.set(key, known);
    }
    return known;
  }

  private unknown(name: string): readonly ShareGate[] {
    let gates = this.unknownGates.get(name);
    if (gates === undefined) {
      gates = [this.gateOf(name, 'unreadable')];
      this.unknownGates.set(name, gates);
    }
    return gates;
  }

  private gateOf(name: string, descriptor: ShareDefinition['descriptor']): ShareGate {
    // The account Guest is off where nobody has switched it on; a list that lets guests in is open all the same, from that day on.
    return shareGateOf({ ...PLAIN_SHARE, name, guestOk: true, descriptor }, this.options.directory);
  }
}

function above(shares: readonly Known[], folder: string): readonly ShareGate[] {
  const whole = folded(folder);
  return shares.filter((share) => whole.startsWith(share.folder)).map(({ gate }) => gate);
}

/** For comparing: names are equal in upper and lower case, and a folder ends in a backslash, so that `C:\a` is not above `C:\ab`. */
function folded(path: string): string {
  const plain = win32.normalize(path.replace(/^\\\\\?\\(?!UNC\\)/iu, '')).toLowerCase();
  return plain.endsWith('\\') ? plain : `${plain}\\`;
}

/** Server, share and the way below it; null for a path on a drive. */
export function uncOf(path: string): { server: string; share: string; rest: string } | null {
  const found = /^[\\/]{2}(?:\?[\\/]UNC[\\/])?([^\\/?]+)[\\/]+([^\\/]+)(?:[\\/]+(.*))?$/isu.exec(path);
  return found === null || found[1] === '.' ? null : { server: found[1]!, share: found[2]!, rest: found[3] ?? '' };
}

function parsed(descriptor: Buffer): ShareDefinition['descriptor'] {
  try {
    return parseDescriptor(descriptor);
  } catch {
    // A list that can't be understood lets anybody in, perhaps: the gate says so.
    return 'unreadable';
  }
}
