/** What sort of drive a path lies on. */
import type { WindowsLibraries } from './library.js';

/** GetDriveTypeW (fileapi.h). */
const DRIVE_REMOTE = 4;

/** Tells of the root of a path (`C:\`) whether it is another computer's, mapped to a letter here. Each root is asked for once. */
export function remoteDrives({ kernel32 }: WindowsLibraries): (root: string) => boolean {
  const getDriveType = kernel32.func('uint32_t __stdcall GetDriveTypeW(str16 root)');
  const held = new Map<string, boolean>();
  return (root) => {
    let isRemote = held.get(root);
    if (isRemote === undefined) {
      isRemote = root !== '' && getDriveType(root) === DRIVE_REMOTE;
      held.set(root, isRemote);
    }
    return isRemote;
  };
}
