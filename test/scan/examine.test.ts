/** What examineFile makes of what its readers say, with made-up readers. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import type { Block, Content } from '../../src/model.js';
import type { ExtractContext, Extractor } from '../../src/parts.js';
import { FileProblem } from '../../src/problem.js';
import { examineFile } from '../../src/scan/examine.js';
import { EXAMPLES_ONLY } from '../../src/scan/findings.js';
import { KeyedHash } from '../../src/scan/keyed-hash.js';
import { testDetectors } from '../kit/detectors.js';

const MB = 1024 * 1024;
const detectors = testDetectors();
const SOME: Block = { kind: 'text', where: { line: 1 }, text: '基礎年金番号 1234-567890 氏名 山田太郎' };

/** A file of this size, whose readers do this, one after the other. */
async function examine(sizeBytes: number, ...reads: ((context: ExtractContext) => Iterable<Block>)[]): Promise<Content> {
  const readers = reads.map(
    (read, at): Extractor => ({ id: `r${at}`, version: 1, formats: ['x'], read: (_source, context) => read(context) }),
  );
  const parts = {
    detectors,
    hash: new KeyedHash(Buffer.alloc(32, 7)),
    wishes: EXAMPLES_ONLY,
    passwords: [],
    sniff: () => ({ format: 'x', textless: false }) as never,
    extractorsFor: () => readers,
    checkPassword: () => ({ state: 'none' as const, scheme: null }),
  };
  const open = () => ({ ...memorySource('a', Buffer.alloc(0)), sizeBytes, close() {}, hash: () => 'sha256:', unchanged: () => true });
  return (await examineFile(open, 'a', parts, () => {})).content;
}

function* unpacking(context: ExtractContext, bytes: number): Generator<Block> {
  context.unpacked(bytes);
  yield SOME;
}

describe('what a file may unpack to', () => {
  it.each([
    ['a small file to much less than a bomb', 10, 500 * MB, []],
    ['a small file to a bomb', 10, 600 * MB, ['too-large']],
    ['a large file to a hundred times its size', 30 * MB, 2_900 * MB, []],
    ['a large file to more', 30 * MB, 3_100 * MB, ['too-large']],
  ])('%s', async (_what, sizeBytes, unpackedBytes, codes) => {
    const content = await examine(sizeBytes, (context) => unpacking(context, unpackedBytes));
    expect(content.problems.map(({ code }) => code)).toEqual(codes);
    expect(content.examined).toBe(codes.length === 0 ? 'full' : 'none');
  });
});

describe('a second reader', () => {
  const refusing = (): Iterable<Block> => {
    throw new FileProblem('damaged', 'made up');
  };
  const partly = function* (context: ExtractContext): Generator<Block> {
    yield SOME;
    context.problem('unsupported', 'a part');
  };
  const empty = (): Iterable<Block> => [];
  const whole = (): Iterable<Block> => [SOME];

  it.each([
    ['is asked when the first refuses', refusing, whole, 'full', []],
    ['is asked when the first finds nothing', empty, whole, 'full', []],
    ['does not overrule what the first told of a part', partly, whole, 'partial', ['unsupported']],
    ['leaves the refusal standing when it refuses too', refusing, refusing, 'none', ['damaged']],
  ])('%s', async (_what, first, second, examined, codes) => {
    const content = await examine(10, first, second);
    expect(content.examined).toBe(examined);
    expect([...new Set(content.problems.map(({ code }) => code))]).toEqual(codes);
  });
});

describe('the name of a sheet that is a person', () => {
  it('is masked wherever it is told as a place', async () => {
    const rows = [{ firstRow: 1, rows: [['生年月日', '昭和40年3月2日']] }];
    const { findings } = await examine(10, () => [{ kind: 'table', where: { sheet: '山田太郎 分' }, rows }]);
    expect(findings.map(({ kind }) => kind)).toEqual(['name', 'birthdate']);
    expect(JSON.stringify(findings)).not.toContain('山田太郎');
    expect(findings.map(({ where }) => where.sheet)).toEqual(['山＊＊＊ 分', '山＊＊＊ 分']);
  });
});
