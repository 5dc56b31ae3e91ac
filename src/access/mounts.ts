/** Which file systems show permissions that they made up, so that nobody judges by those. It reads /proc/self/mountinfo, nothing on the share. */
import { readFileSync } from 'node:fs';

/**
 * Types whose mode bits come from mount options or stand for a server's own lists: SMB, NFS (an NFSv4 list may rule behind the mode), FUSE
 * (checks only with default_permissions), and virtual machine shares.
 */
const SYNTHETIC = /^(?:cifs|smb3|smbfs|nfs|nfs4|afs|ncpfs|9p|fuse|fuseblk|fuse\..+|vboxsf|prl_fs|vmhgfs|drvfs)$/;

/** Types of the kernel's SMB client, which hands out the server's own descriptors. */
const SMB_CLIENT = /^(?:cifs|smb3)$/;

export interface Mounts {
  /** The type of the file system when its permissions can't be judged here; null when they can. */
  syntheticType(dev: number): string | null;
}

export function isSmbClient(type: string): boolean {
  return SMB_CLIENT.test(type);
}

/** Reads the table again whenever a device is met that it does not hold: automounts appear while the walk goes on. */
export function liveMounts(): Mounts {
  let types = new Map<number, string>();
  const seen = new Set<number>();
  return {
    syntheticType(dev) {
      if (!seen.has(dev)) {
        seen.add(dev);
        types = parseMountTypes(readMountInfo());
      }
      // A device without a line is a subvolume (btrfs), which keeps true permissions.
      const type = types.get(dev);
      return type !== undefined && SYNTHETIC.test(type) ? type : null;
    },
  };
}

/** Device to type. Lines as in proc_pid_mountinfo(5): `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`. */
export function parseMountTypes(mountInfo: string): Map<number, string> {
  const types = new Map<number, string>();
  for (const line of mountInfo.split('\n')) {
    const device = /^\d+ \d+ (\d+):(\d+) /.exec(line);
    const type = / - (\S+) /.exec(line);
    if (device !== null && type !== null) types.set(deviceNumber(Number(device[1]), Number(device[2])), type[1]!);
  }
  return types;
}

/** makedev(3) of glibc: the low byte of the minor, 12 bits of the major, the rest of the minor, the rest of the major. */
function deviceNumber(major: number, minor: number): number {
  return (minor % 256) + (major % 4096) * 256 + Math.floor(minor / 256) * 2 ** 20 + Math.floor(major / 4096) * 2 ** 44;
}

function readMountInfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}
