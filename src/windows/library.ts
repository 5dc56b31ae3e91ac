/**
 * The libraries of Windows through koffi, since Node has no call for attributes, descriptors, shares or accounts. Where
 * the native library can't be loaded (another system, a refused binary) there is none, and the caller says so.
 */
import { createRequire } from 'node:module';
import { win32 } from 'node:path';

export type Koffi = typeof import('koffi').default;
type Library = ReturnType<Koffi['load']>;

export interface WindowsLibraries {
  readonly koffi: Koffi;
  readonly kernel32: Library;
  readonly advapi32: Library;
  readonly netapi32: Library;
}

/** Undefined until the first need. */
let loaded: WindowsLibraries | null | undefined;

/** Loaded at the first need (about 15 ms), kept for the process. Null where it can't be. */
export function loadWindows(): WindowsLibraries | null {
  if (loaded === undefined) loaded = process.platform === 'win32' ? tryLoad() : null;
  return loaded;
}

function tryLoad(): WindowsLibraries | null {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi;
    const [kernel32, advapi32, netapi32] = ['kernel32.dll', 'advapi32.dll', 'netapi32.dll'].map((name) => koffi.load(name));
    return { koffi, kernel32: kernel32!, advapi32: advapi32!, netapi32: netapi32! };
  } catch {
    // No prebuilt binary for this machine, or native code is forbidden (AppLocker, WDAC): the caller answers without it, and says so.
    return null;
  }
}

/**
 * The form that all calls take literally: `\\?\C:\…`, `\\?\UNC\server\share\…`. Without it paths end at 260 characters, and names that end in
 * a dot or a space, or are those of devices, mean something else (Microsoft: "Naming Files, Paths, and Namespaces").
 */
export function literalPath(path: string | Buffer): string {
  return win32.toNamespacedPath(path.toString());
}
