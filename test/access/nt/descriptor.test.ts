/** Binary descriptors: what is taken from them, what is refused, and that no change of bytes brings out anything but a clean refusal. */
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/access/known-directory.js';
import {
  type Ace,
  ALLOW,
  ALLOW_CALLBACK,
  ALLOW_OBJECT,
  DACL_PRESENT,
  DENY,
  type Descriptor,
  parseDescriptor,
  parseSid,
  SELF_RELATIVE,
} from '../../../src/access/nt/descriptor.js';
import { ntReaders } from '../../../src/access/nt/nt-gate.js';
import { parseNtacl } from '../../../src/access/nt/ntacl.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { writeSddl } from '../../../src/access/nt/sddl-write.js';
import { FileProblem } from '../../../src/problem.js';
import { packAce, packDescriptor, packNtacl, packSid } from './pack.js';

const SATO = 'S-1-5-21-700-800-900-1201';
const ace = (type: number, mask: number, sid = SATO): Ace => ({ type, flags: 0, mask, sid });
const descriptor: Descriptor = {
  control: SELF_RELATIVE | DACL_PRESENT,
  owner: SATO,
  group: 'S-1-5-21-700-800-900-513',
  dacl: [ace(DENY, 0x1f01ff, 'S-1-5-7'), ace(ALLOW, 0x1200a9), ace(ALLOW, 0x80000000, 'S-1-1-0')],
};

describe('parseDescriptor', () => {
  it('gives back what was packed, wherever it stands and whatever its offsets count from', () => {
    expect(parseDescriptor(packDescriptor(descriptor))).toEqual(descriptor);
    const behind = Buffer.concat([Buffer.alloc(44, 0xee), packDescriptor(descriptor, 44)]);
    expect(parseDescriptor(behind, 44, 0)).toEqual(descriptor);
    expect(parseDescriptor(Buffer.concat([Buffer.alloc(44), packDescriptor(descriptor)]), 44)).toEqual(descriptor);
  });

  it('tells an empty list from none, and a list without the bit that says it is there', () => {
    expect(parseDescriptor(packDescriptor({ ...descriptor, dacl: [] })).dacl).toEqual([]);
    expect(parseDescriptor(packDescriptor({ ...descriptor, dacl: null })).dacl).toBeNull();
    expect(parseDescriptor(packDescriptor({ ...descriptor, control: SELF_RELATIVE })).dacl).toBeNull();
  });

  it('finds the SID behind object types and before a condition, and passes audit entries over', () => {
    const types = Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.alloc(32, 7)]);
    const aces = [
      packAce(ace(ALLOW_OBJECT, 1), types),
      packAce(ace(2, 0x1f01ff, 'S-1-1-0')),
      packAce(ace(ALLOW_CALLBACK, 1), undefined, Buffer.from('artx\x01\x02\x03\x04', 'latin1')),
    ];
    expect(parseDescriptor(packDescriptor(descriptor, 0, aces)).dacl).toEqual([ace(ALLOW_OBJECT, 1), ace(ALLOW_CALLBACK, 1)]);
  });

  const good = packDescriptor(descriptor);
  const changed = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at] = value;
    return bytes;
  };
  const listAt = good.readUInt32LE(16);
  it.each<[title: string, bytes: Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a cut head', good.subarray(0, 19)],
    ['another revision', changed(0, 2)],
    ['absolute form', changed(3, 0)],
    ['an owner outside', changed(6, 9)],
    ['a list outside', changed(18, 9)],
    ['another revision of the list', changed(listAt, 7)],
    ['a list larger than all', changed(listAt + 3, 0x70)],
    ['a list smaller than its head', changed(listAt + 2, 4)],
    ['more entries than there are', changed(listAt + 4, 4)],
    ['an entry without a size', changed(listAt + 10, 0)],
    ['a compound entry', changed(listAt + 8, 4)],
    ['a SID that is longer than its entry', changed(listAt + 17, 15)],
    ['a cut end', good.subarray(0, -1)],
  ])('refuses %s', (_title, bytes) => {
    expect(() => parseDescriptor(bytes)).toThrow(FileProblem);
  });

  it('writes large authorities in one form', () => {
    const bytes = packSid(`S-1-${0xfedcba987654}-7`);
    expect(parseSid(bytes, 0, bytes.length)).toEqual({ sid: 'S-1-0xfedcba987654-7', sizeBytes: 12 });
    expect(parseSddl('O:S-1-0xFEDCBA987654-7').owner).toBe('S-1-0xfedcba987654-7');
  });
});

/** Park and Miller's generator: the same changes in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function mutated(bytes: Buffer, random: (below: number) => number): Buffer {
  let out = Buffer.from(bytes);
  for (let changes = 1 + random(4); changes > 0 && out.length > 0; changes--) {
    const at = random(out.length);
    const sort = random(4);
    if (sort === 0) out[at] = random(256);
    else if (sort === 1) out[at] = [0, 1, 0x7f, 0xff][random(4)]!;
    else if (sort === 2) out = Buffer.from(out.subarray(0, at));
    else out = Buffer.concat([out.subarray(0, at), out.subarray(random(out.length))]);
  }
  return out;
}

describe('20,000 changed descriptors, and texts', () => {
  const directory = createDirectory({ accounts: [{ name: 'sato', ids: [SATO] }], groups: [] });
  const random = randomFrom(20150525);
  const samples: [name: string, bytes: Buffer, read: (bytes: Buffer) => Descriptor][] = [
    ['plain', packDescriptor(descriptor), parseDescriptor],
    ...[1, 2, 3, 4].map((version): (typeof samples)[number] => [
      `stored by Samba, version ${version}`,
      packNtacl(version, descriptor),
      (bytes) => parseNtacl(bytes).descriptor,
    ]),
    [
      'text',
      Buffer.from(`O:BAG:DUD:PAI(D;;FA;;;AN)(XA;CI;0x1200a9;;;${SATO};(@User.Title=="(PM;)" && (1 == 1)))S:(AU;SA;FA;;;WD)`),
      (bytes) => parseSddl(bytes.toString('latin1')),
    ],
  ];
  // All but the text are bytes.
  const rounds = Math.ceil(20_000 / (samples.length - 1));

  it.each(samples)('%s: read and judged, or refused cleanly', (_name, bytes, read) => {
    const seen = { read: 0, refused: 0 };
    for (let i = 0; i < rounds; i++) {
      try {
        const one = read(mutated(bytes, random));
        ntReaders(one, directory);
        writeSddl(one);
        seen.read++;
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        seen.refused++;
      }
    }
    // Both must happen often, or nothing was tried.
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(rounds / 100);
  });
});
