/** Runs blocks through a relation with the real detectors and says what came out, for the tests of records/. */
import type { Cell, Kind } from '../../detectors/contract.js';
import { NO_SITE_WORDS } from '../../detectors/contract.js';
import { createDetectors } from '../../detectors/registry.js';
import type { Detectors } from '../../detectors/run.js';
import { openLexicon } from '../../src/lexicon/open.js';
import type { Block, Where } from '../../src/model.js';
import { kindsOf } from '../../src/records/record.js';
import { createRelation } from '../../src/records/relate.js';

export interface Told {
  readonly kind: Kind;
  readonly where: Where;
  readonly value: string;
  readonly strength: string;
  readonly why: readonly string[];
}

export interface Collected {
  /** Records that count: `four`, `three`, `two`, `other`; only those that occur. */
  readonly records: Record<string, number>;
  /** Distinct keys, by basis. */
  readonly persons: Record<string, number>;
  readonly keys: readonly string[];
  readonly kinds: readonly string[];
  readonly copies: number;
  readonly recordKeys: readonly string[];
  readonly findings: readonly Told[];
  readonly uncounted: number;
}

let detectors: Detectors | undefined;

export function realDetectors(): Detectors {
  detectors ??= createDetectors({ lexicon: openLexicon(), site: NO_SITE_WORDS, asOf: { year: 2026, month: 11, day: 21 } });
  return detectors;
}

export function collect(blocks: readonly Block[], wantsFindings = true): Collected {
  const records: Record<string, number> = {};
  const keys = new Set<string>();
  const kinds: string[] = [];
  const recordKeys: string[] = [];
  const findings: Told[] = [];
  let copies = 0;
  let uncounted = 0;
  const relation = createRelation(realDetectors(), {
    wantsFindings,
    wantsDropped: false,
    record(record) {
      if (!record.counts || record.klass === null) {
        uncounted += 1;
        return;
      }
      if (record.copy) copies += 1;
      records[record.klass] = (records[record.klass] ?? 0) + 1;
      if (record.person !== null) keys.add(`${record.person.basis} ${record.person.key}`);
      kinds.push(kindsOf(record.kinds).join(' '));
      recordKeys.push(record.key);
    },
    finding: (kind, where, text, start, end, strength, why) => findings.push({ kind, where, value: text.slice(start, end), strength, why }),
    dropped: () => {},
  });
  for (const block of blocks) relation.block(block);
  relation.finish();
  const persons: Record<string, number> = {};
  for (const key of keys) {
    const basis = key.slice(0, key.indexOf(' '));
    persons[basis] = (persons[basis] ?? 0) + 1;
  }
  return { records, persons, keys: [...keys], kinds, recordKeys, copies, findings, uncounted };
}

export function sheet(rows: readonly (readonly Cell[])[], name = 'Sheet1', firstRow = 1): Block {
  return { kind: 'table', where: { sheet: name }, rows: [{ firstRow, rows }] };
}

export function text(lines: string | readonly string[], where: Where = { line: 1 }): Block {
  return { kind: 'text', where, text: typeof lines === 'string' ? lines : lines.join('\n') };
}
