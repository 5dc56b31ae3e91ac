/**
 * Addresses: a municipality of the lexicon with a town and a chain of numbers behind it; prefecture and postcode before it join. A
 * municipality alone is no address. Whose address it is (a person's or a firm's), it does not ask.
 */
import { addressRoles } from './address-cells.js';
import { normalAddress } from './address-chain.js';
import { readPlace, strengthOf } from './address-place.js';
import type { Detector, Dropped, Match } from './contract.js';
import type { Lexicon } from './lexicon.js';
import { type Offsets, SIGN, surveyOf } from './survey.js';

export function createAddress(options: { readonly lexicon: Lexicon }): Detector {
  const { lexicon } = options;
  return {
    kind: 'address',
    version: 2,
    title: { ja: '住所', en: 'address' },
    mustContain: /[市区町村都道府県]/,
    signs: SIGN.place,
    find: (folded, dropped, survey) => findAddresses(folded, lexicon, (survey ?? surveyOf(folded)).places, dropped),
    roles: addressRoles(lexicon),
  };
}

/** What was found of it, by one bit each: the town, a house number, the postcode. */
const WHY = Array.from({ length: 8 }, (_, bits): readonly string[] => [
  bits & 1 ? 'city-town' : 'city',
  ...(bits & 2 ? ['house-number'] : []),
  ...(bits & 4 ? ['postcode'] : []),
]);

function findAddresses(folded: string, lexicon: Lexicon, places: Offsets, dropped?: (drop: Dropped) => void): Match[] {
  const matches: Match[] = [];
  let from = 0;
  for (let index = 0; index < places.count; index++) {
    const at = places.at(index);
    if (at < from) continue;
    const place = readPlace(folded, at, from, lexicon);
    if (place === null) continue;
    from = place.end;
    const strength = strengthOf(place);
    if (strength === null) {
      dropped?.({ kind: 'address', start: place.start, end: place.end, why: 'no-house-number' });
      continue;
    }
    matches.push({
      kind: 'address',
      start: place.start,
      end: place.end,
      strength,
      normal: normalAddress(folded.slice(place.start, place.end)),
      why: WHY[(place.town === 'known' ? 1 : 0) | (place.numbers > 0 ? 2 : 0) | (place.postcode ? 4 : 0)]!,
    });
  }
  return matches;
}
