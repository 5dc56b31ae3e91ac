/** Descriptors that Samba packed, as bytes and as SDDL; and what is left of them when bytes are changed, cut or added. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDescriptor } from '../../../src/access/nt/descriptor.js';
import { parseNtacl } from '../../../src/access/nt/ntacl.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { writeSddl } from '../../../src/access/nt/sddl-write.js';

interface Vector {
  readonly kind: 'raw' | 'ntacl';
  readonly v?: number;
  readonly desc?: string;
  readonly sddl: string;
  readonly hex: string;
}

const file = new URL('../../../../shared/corpus/access/ntacl-vectors.json', import.meta.url);
const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Vector[]) : [];

describe.skipIf(vectors.length === 0)('binary vectors of the corpus (skipped where it is absent)', () => {
  it('are all there', () => {
    expect(vectors.length).toBe(18);
  });

  it.each(vectors)('$kind $v $desc $sddl', ({ kind, v, desc, sddl, hex }) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(writeSddl(parseSddl(sddl))).toBe(sddl);
    if (kind === 'raw') {
      expect(writeSddl(parseDescriptor(bytes))).toBe(sddl);
      return;
    }
    const stored = parseNtacl(bytes);
    expect([writeSddl(stored.descriptor), stored.version, stored.description]).toEqual([sddl, v, desc]);
  });
});
