import { beforeAll, describe, expect, it } from 'vitest';
import { FilesHash, passes, renderStamp, type StampInput, stampFormOf } from '../../src/report/stamp.js';
import { makeJudged } from '../kit/judged-file.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

const STAMP: StampInput = {
  checkedMs: Date.parse('2026-11-21T21:00:00+09:00'),
  folders: [
    { folder: '/srv/提出<b>', only: null },
    { folder: '/srv/個別', only: ['a\u202e.txt'] },
  ],
  counts: { good: 1_200, bad: 0, excepted: 2, unknown: 0, none: 30 },
  sealed: 4,
  included: ['**/*.csv'],
  excluded: { '.snapshot': 3, 'not included': 5, unused: 0 },
  version: '1.2.3',
  policyHash: `sha256:${'ab'.repeat(32)}`,
  filesHash: `sha256:${'cd'.repeat(32)}`,
};
const FORMS = ['text', 'html', 'json'] as const;

describe('a stamp', () => {
  it.each(FORMS.flatMap((form) => (['ja', 'en'] as const).map((lang) => [form, lang] as const)))(
    'as %s in %s says when, where, how many, by what and what was left out',
    (form, lang) => {
      const text = renderStamp(STAMP, form, lang);
      for (const fact of ['2026-11-21', '21:00:00', '/srv/個別', '1.2.3', STAMP.policyHash, STAMP.filesHash, '**/*.csv', '.snapshot'])
        expect(text).toContain(fact);
      expect(text).toMatch(
        form === 'json' ? /"files": 1232,\n {4}"inOrder": 1200,\n {4}"sealed": 4,\n {4}"excepted": 2,\n {4}"textless": 30/u : /1,232/u,
      );
      expect(text).not.toContain('unused');
      if (form !== 'json') expect(text).toContain(lang === 'ja' ? '中を確かめていないもの 4件' : 'not looked at: 4');
      if (form !== 'json') expect(text).not.toContain('not included');
      expect(text).not.toContain('\u202e');
      if (form === 'html') expect(text).not.toContain('<b>');
      if (form === 'html') expect(text).toMatch(/default-src 'none'; style-src 'sha256-/u);
    },
  );

  it.each([
    ['印.html', 'html'],
    ['印.HTM', 'html'],
    ['印.json', 'json'],
    ['印.txt', 'text'],
    ['-', 'text'],
    ['印', 'text'],
  ])('of the name %s is %s', (name, form) => {
    expect(stampFormOf(name)).toBe(form);
  });

  it.each([
    [{ good: 1 }, true],
    [{ good: 1, excepted: 1, none: 3 }, true],
    [{ good: 9, bad: 1 }, false],
    [{ good: 9, unknown: 1 }, false],
    [{}, false],
  ])('for %j: %s', (counts, isLeft) => {
    expect(passes({ good: 0, bad: 0, excepted: 0, unknown: 0, none: 0, ...counts })).toBe(isLeft);
  });
});

describe('the hash of the files', () => {
  const hashOf = (...files: Parameters<typeof makeJudged>[0][]) => {
    const hash = new FilesHash();
    for (const file of files) hash.add(makeJudged(file));
    return hash.result();
  };
  it('is that of paths, sizes and contents, and of times where the content is not known', () => {
    const one = hashOf({ path: 'a' });
    expect(hashOf({ path: 'a', modifiedMs: 5, owner: 'x' })).toBe(one);
    const others = [
      hashOf({ path: 'b' }),
      hashOf({ path: 'a', sizeBytes: 1 }),
      hashOf({ path: 'a', content: { contentHash: null } }),
      hashOf({ path: 'a', modifiedMs: 5, content: { contentHash: null } }),
      hashOf({ path: 'a' }, { path: 'b' }),
      hashOf(),
    ];
    expect(new Set([one, ...others]).size).toBe(others.length + 1);
  });
});
