/** One file, given as bytes, through the whole of examineFile with the real parts: what the program says of it. */
import { memorySource } from '../../src/container/memory-source.js';
import { extractorsFor } from '../../src/extract/registry.js';
import { sniff } from '../../src/extract/sniff.js';
import type { Content } from '../../src/model.js';
import { checkPassword } from '../../src/protect/registry.js';
import { examineFile } from '../../src/scan/examine.js';
import { EXAMPLES_ONLY } from '../../src/scan/findings.js';
import { KeyedHash } from '../../src/scan/keyed-hash.js';
import { testDetectors } from './detectors.js';

let detectors: ReturnType<typeof testDetectors> | undefined;

export async function examineBytes(name: string, bytes: Buffer, passwords: readonly string[] = []): Promise<Content> {
  detectors ??= testDetectors();
  const parts = {
    detectors,
    hash: new KeyedHash(Buffer.alloc(32, 7)),
    wishes: EXAMPLES_ONLY,
    passwords,
    sniff,
    extractorsFor,
    checkPassword,
  };
  const open = () => ({ ...memorySource(name, bytes), close() {}, hash: () => 'sha256:', unchanged: () => true });
  return (await examineFile(open, name, parts, () => {})).content;
}
