import { describe, expect, it } from 'vitest';
import type { Kind } from '../../detectors/contract.js';
import type { AccessState, PasswordState } from '../../src/model.js';
import { AS_OF_MS, accessState, DAY_MS, makeJudged, NO_RECORDS, password } from '../kit/judged-file.js';

interface Shape {
  readonly records: number;
  readonly kinds: number;
  readonly password: PasswordState;
  readonly access: AccessState;
  readonly ageDays: number;
}

const KINDS: readonly Kind[] = ['pension-number', 'name', 'birthdate', 'address', 'my-number', 'phone'];

function riskOfShape(shape: Shape): number {
  return makeJudged({
    modifiedMs: AS_OF_MS - shape.ageDays * DAY_MS,
    content: {
      records: { ...NO_RECORDS, four: shape.records },
      kinds: Object.fromEntries(KINDS.slice(0, shape.kinds).map((kind) => [kind, shape.records])),
      ...password(shape.password),
    },
    access: accessState(shape.access),
  }).risk;
}

/** Each from harmless to bad. */
const SCALES = {
  records: [1, 2, 10, 100, 5_000, 100_000, 10_000_000],
  kinds: [1, 2, 3, 4, 6],
  password: ['set', 'weak', 'unknown', 'none'],
  access: ['restricted', 'unknown', 'open'],
  ageDays: [0, 100, 365, 366, 800, 1825, 20_000],
} as const;

describe('risk', () => {
  it.each(Object.keys(SCALES) as (keyof typeof SCALES)[])('never falls when %s grows, whatever the rest is', (grown) => {
    for (const records of [1, 50, 5_000]) {
      for (const passwordState of ['none', 'set'] as const) {
        for (const ageDays of [0, 400]) {
          const base: Shape = { records, kinds: 2, password: passwordState, access: 'open', ageDays };
          const risks = SCALES[grown].map((value) => riskOfShape({ ...base, [grown]: value }));
          expect(risks).toEqual(risks.toSorted((a, b) => a - b));
          expect(risks.at(-1)).toBeGreaterThan(risks[0]!);
        }
      }
    }
  });

  it('stays within 0 and 100, with one decimal', () => {
    const worst = riskOfShape({ records: 1_250_000, kinds: 6, password: 'none', access: 'open', ageDays: 9_999 });
    const mild = riskOfShape({ records: 1, kinds: 1, password: 'set', access: 'restricted', ageDays: 0 });
    expect(worst).toBe(100);
    expect(mild).toBeGreaterThan(0);
    expect(mild).toBe(Math.round(mild * 10) / 10);
  });

  it('is 0 without records and highest for the four items in the open', () => {
    expect(makeJudged().risk).toBe(0);
    const open = riskOfShape({ records: 12, kinds: 4, password: 'none', access: 'open', ageDays: 3_897 });
    const locked = riskOfShape({ records: 12_000, kinds: 4, password: 'set', access: 'open', ageDays: 3_897 });
    expect(open).toBeGreaterThan(locked);
  });
});
