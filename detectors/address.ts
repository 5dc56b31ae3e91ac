import type { Detector } from './contract.js';
import type { Lexicon } from './lexicon.js';
export function createAddress(_options: { readonly lexicon: Lexicon }): Detector {
  return { kind: 'address', version: 0, title: { ja: '住所', en: 'address' }, mustContain: /(?!)/, find: () => [], roles: [] };
}
