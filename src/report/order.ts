/** The order in which codes stand in every report, and what all reports count in the same way, so that two of the same facts are equal byte for byte. */
import type { Kind } from '../../detectors/contract.js';
import type { Examined } from '../model.js';
import type { Coverage } from '../parts.js';

/** The four items first, then what identifies a person alone, then the rest. */
export const KIND_ORDER = [
  'pension-number',
  'name',
  'birthdate',
  'address',
  'my-number',
  'resident-code',
  'driving-licence',
  'passport',
  'residence-card',
  'employment-insurance',
  'health-insurance',
  'bank-account',
  'phone',
  'email',
] as const satisfies readonly Kind[];

export const EXAMINED_ORDER = ['full', 'partial', 'none', 'textless'] as const satisfies readonly Examined[];

type Counts = Readonly<Partial<Record<string, number>>>;

/** Every code of `order`, 0 where nothing was counted; codes that are not in it follow by name. */
export function countsInOrder(order: readonly string[], counts: Counts): Record<string, number> {
  const ordered: Record<string, number> = {};
  for (const code of order) ordered[code] = counts[code] ?? 0;
  for (const code of extraCodes(order, counts)) ordered[code] = counts[code] ?? 0;
  return ordered;
}

/** Only the codes that were counted, in order. */
export function countedInOrder(order: readonly string[], counts: Counts): Record<string, number> {
  const ordered: Record<string, number> = {};
  for (const code of order) if ((counts[code] ?? 0) > 0) ordered[code] = counts[code]!;
  for (const code of extraCodes(order, counts)) if ((counts[code] ?? 0) > 0) ordered[code] = counts[code]!;
  return ordered;
}

const NO_CODES: readonly string[] = [];

function extraCodes(order: readonly string[], counts: Counts): readonly string[] {
  let extra: string[] | null = null;
  for (const code in counts) {
    if (order.includes(code)) continue;
    extra ??= [];
    extra.push(code);
  }
  return extra?.sort() ?? NO_CODES;
}

/**
 * Whole per cent of what is known that the run looked at: never 100, because it did not reach its end. Null when that is not known, also where all that is
 * known was looked at: then what it did not come to, a root that was away from the beginning, is known to nobody.
 */
export function percentOf({ looked, known, unopenedFolders }: Coverage): number | null {
  if (looked === null || (known > 0 && looked >= known && unopenedFolders === 0)) return null;
  return known === 0 ? 0 : Math.min(99, Math.floor((100 * looked) / known));
}
