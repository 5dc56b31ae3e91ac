import { describe, expect, it } from 'vitest';
import { compareAge, duplicatesJson, renderDuplicates } from '../../src/report/duplicates.js';
import { makeJudged } from '../kit/judged-file.js';

const day = (text: string | null) => (text === null ? null : Date.parse(`${text}T09:00:00Z`));
function file(path: string, changed: string | null, saved: string | null = null) {
  const judged = makeJudged({ path, modifiedMs: day(changed) });
  return saved === null ? judged : { ...judged, retention: { ...judged.retention, documentDates: { created: null, saved: day(saved) } } };
}

describe('the oldest copy', () => {
  it.each<[string, string | null, string | null, string | null, string | null]>([
    ['by the last change', '2014-05-01', null, '2015-05-01', null],
    ['by what the document says, where copying renewed its time', '2026-11-01', '2010-01-01', '2026-10-01', null],
    ['by the last change where the document was saved later elsewhere', '2014-05-01', '2020-01-01', '2015-05-01', null],
    ['of equal documents, by the last change', '2014-05-01', '2010-01-01', '2015-05-01', '2010-01-01'],
    ['known before unknown', '2014-05-01', null, null, null],
  ])('%s', (_, changed, saved, otherChanged, otherSaved) => {
    const [older, other] = [file('a.xlsx', changed, saved), file('b.xlsx', otherChanged, otherSaved)];
    expect([compareAge(older, other), compareAge(other, older), compareAge(older, older)]).toEqual([1, -1, 0]);
  });
});

it('is told with both days, and an excepted copy is marked', () => {
  const oldest = file('写/old.xlsx', '2026-11-01', '2010-01-01');
  const excepted = file('移行/b.xlsx', '2026-10-01');
  const widest = { ...excepted, reasons: [...excepted.reasons, 'excepted' as const] };
  const set = { count: 2, persons: 3, contents: 2, files: [widest, oldest], oldest, widest };
  const input = { complete: true, sets: [set], more: 0, hasManyRoots: false };
  const text = renderDuplicates(input, 'ja', false);
  expect(text).toMatch(/最も古い: 写\/old\.xlsx {2}（?\(最終更新 2026-11-01[^、]*、文書の最終保存 2010-01-01/u);
  expect(text).toMatch(/移行\/b\.xlsx \[.+\]/u);
  const [line] = [...duplicatesJson(input)].map((json) => JSON.parse(json));
  expect([line.oldest.documentSavedAt.slice(0, 10), line.oldest.excepted, line.widest.excepted]).toEqual(['2010-01-01', undefined, true]);
});
