/** Masks the names of files where they hold personal data themselves: for what leaves the administrators' hands (mails, logs). */
import { createDetectors } from '../../detectors/registry.js';
import type { Detectors } from '../../detectors/run.js';
import { openLexicon } from '../lexicon/open.js';
import type { Policy } from '../policy/policy.js';
import { mask } from '../scan/mask.js';

/**
 * Part by part of a path, the last without its extension, as a sweep looks at paths. In doubt a number is masked and a word is not: places and companies
 * are weak hints of names, and a manager must know which folder is meant.
 */
export function createNameMask(policy: Policy, asOfMs: number): (path: string) => string {
  let detectors: Detectors | null = null;
  const day = new Date(asOfMs);
  const asOf = { year: day.getFullYear(), month: day.getMonth() + 1, day: day.getDate() };
  return (path) => {
    detectors ??= createDetectors({ lexicon: openLexicon(), site: policy.site, asOf });
    const find = detectors.find;
    return path
      .split('/')
      .map((name) => maskedName(name, find))
      .join('/');
  };
}

function maskedName(name: string, find: Detectors['find']): string {
  const extension = /\.[A-Za-z0-9]{1,5}$/u.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  let masked = '';
  let at = 0;
  for (const { kind, start, end, strength } of find(stem.replaceAll('_', ' '))) {
    if (strength === 'weak' && (kind === 'name' || kind === 'address')) continue;
    masked += stem.slice(at, start) + mask(kind, stem.slice(start, end));
    at = end;
  }
  return masked + stem.slice(at) + extension;
}
