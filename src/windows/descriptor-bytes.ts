/** Security descriptors as Windows hands them out: owner and access list, self-relative bytes. What they mean is the business of src/access. */
import { ERROR_INSUFFICIENT_BUFFER } from './error-code.js';
import { literalPath, loadWindows, type WindowsLibraries } from './library.js';

/** OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION (winnt.h): needs READ_CONTROL, and no privilege. */
const OWNER_AND_DACL = 0x1 | 0x4;
/** A list of up to 64 KB with owner and header fits. */
const HELD_BYTES = 70_000;

export interface DescriptorReader {
  /** The bytes, only valid until the next call; or the system's error code. Links are followed: ask for files and folders alone. */
  read(path: string | Buffer): Buffer | number;
}

/** Undefined until the first need. */
let reader: DescriptorReader | null | undefined;

/** One for the process. Null where the library can't be loaded. */
export function descriptorReader(): DescriptorReader | null {
  if (reader === undefined) {
    const windows = loadWindows();
    reader = windows === null ? null : bind(windows);
  }
  return reader;
}

/**
 * GetFileSecurityW fills our own block in one call. GetNamedSecurityInfoW would allocate one for each file, to be measured, copied and freed
 * (four calls), and gives the same owner and entries.
 */
function bind({ advapi32, kernel32 }: WindowsLibraries): DescriptorReader {
  const getFileSecurity = advapi32.func(
    'int __stdcall GetFileSecurityW(str16 path, uint32_t what, void *into, uint32_t sizeBytes, _Out_ uint32_t *needed)',
  );
  const getLastError = kernel32.func('uint32_t __stdcall GetLastError()');
  let held = Buffer.alloc(HELD_BYTES);
  const needed: [number] = [0];
  const ask = (path: string): boolean => getFileSecurity(path, OWNER_AND_DACL, held, held.length, needed) !== 0;
  return {
    read(path) {
      const literal = literalPath(path);
      if (ask(literal)) return held.subarray(0, Math.min(needed[0], held.length));
      let code = getLastError() as number;
      if (code === ERROR_INSUFFICIENT_BUFFER && needed[0] > held.length) {
        held = Buffer.alloc(needed[0]);
        if (ask(literal)) return held.subarray(0, Math.min(needed[0], held.length));
        code = getLastError() as number;
      }
      return code;
    },
  };
}
