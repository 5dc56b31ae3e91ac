import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { blocksOf, textExtractor } from '../../src/extract/text.js';
import { limits } from '../../src/limits.js';
import type { TextBlock } from '../../src/model.js';
import type { ExtractContext } from '../../src/parts.js';

function context(problems: string[] = []): ExtractContext {
  return { format: 'txt', problem: (code, detail) => void problems.push(`${code}: ${detail}`), unpacked: () => undefined, passwords: [] };
}

function read(bytes: Buffer, problems: string[] = []): TextBlock[] {
  return [...(textExtractor.read(memorySource('a.txt', bytes), context(problems)) as Iterable<TextBlock>)];
}

describe('textExtractor', () => {
  it('gives a small file as one block from line 1', () => {
    expect(read(Buffer.from('氏名 山田太郎\r\n住所 東京都\r\n'))).toEqual([
      { kind: 'text', where: { line: 1 }, text: '氏名 山田太郎\n住所 東京都\n' },
    ]);
  });

  it('has nothing to read in an empty file', () => {
    expect(read(Buffer.alloc(0))).toEqual([]);
  });

  it('takes lone CRs as line ends and NULs as spaces', () => {
    expect(read(Buffer.from('a\rb\0c\r'))[0]?.text).toBe('a\nb c\n');
  });

  it.each(['\n', '\r\n'])('loses nothing in a large file, cuts at line ends and numbers them right (%j)', (end) => {
    const lines = Array.from({ length: 60_000 }, (_, at) => (at % 37 === 0 ? '' : `${at + 1}行目の本文です。`));
    const blocks = read(Buffer.from(lines.join(end)));
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.map((block) => block.text).join('')).toBe(lines.join('\n'));
    for (const block of blocks) {
      const at = (block.where.line ?? 0) - 1;
      expect(block.text.startsWith(lines.slice(at, at + 3).join('\n'))).toBe(true);
    }
  });

  it('cuts a line of many megabytes between words only, and loses nothing', () => {
    const text = '山田太郎、'.repeat(900_000);
    const problems: string[] = [];
    const blocks = read(Buffer.from(text), problems);
    expect(blocks.map((block) => block.text).join('')).toBe(text);
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) {
      expect(block.text.length).toBeLessThanOrEqual(limits.lineCharsMax);
      expect(block.text.endsWith('、')).toBe(true);
    }
    expect(problems).toEqual([]);
  });

  it('tells when a line can only be cut inside a word', () => {
    const problems: string[] = [];
    const text = 'あ'.repeat(limits.lineCharsMax + 10);
    expect([...blocksOf([text], context(problems))].map((block) => block.text).join('')).toBe(text);
    expect(problems).toHaveLength(1);
  });

  it('cuts packed data anywhere: no value is so long', () => {
    const problems: string[] = [];
    const text = 'QUJDREVGR0hJSktMTU5P'.repeat(limits.lineCharsMax / 8);
    expect([...blocksOf([text], context(problems))].map((block) => block.text).join('')).toBe(text);
    expect(problems).toEqual([]);
  });

  it('tells when much can not be decoded', () => {
    const problems: string[] = [];
    read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('氏名'), Buffer.from([0xff, 0xfe, 0xff])]), problems);
    expect(problems).toEqual(["damaged: 3 of 5 characters can't be decoded"]);
  });
});
