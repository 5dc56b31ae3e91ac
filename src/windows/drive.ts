/** What sort of drive a path lies on. */
import type { WindowsLibraries } from './library.js';

/** GetDriveTypeW (fileapi.h). */
const DRIVE_REMOTE = 4;

/** @param root of a path, `C:\` */
export function isRemoteDrive({ kernel32 }: WindowsLibraries, root: string): boolean {
  if (root === '') return false;
  return kernel32.func('uint32_t __stdcall GetDriveTypeW(str16 root)')(root) === DRIVE_REMOTE;
}
