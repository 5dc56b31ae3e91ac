/** Who passes, in one sentence: everybody or not, names up to a few, what is only possible. */
import type { Certainty, Principal, Readers } from '../model.js';
import type { AccessWords } from '../words/access.js';
import { showText } from './escape.js';
import type { Pen } from './pen.js';
import { plainId } from './reach.js';

const NAMES_MAX = 10;

/** Accounts and users without one; groups stand behind their members, and unresolved ones are told apart. */
export function peopleOf(readers: Readers, certainty: Certainty): Principal[] {
  const isMeant = (principal: Principal): boolean => principal.kind !== 'group' && principal.kind !== 'unresolved';
  return readers.differing.filter((one) => one.certainty === certainty && isMeant(one.principal)).map(({ principal }) => principal);
}

export function unresolvedOf(readers: Readers): Principal[] {
  return readers.differing
    .filter(({ principal, certainty }) => principal.kind === 'unresolved' && certainty !== 0)
    .map(({ principal }) => principal);
}

export function passageText(readers: Readers, own: AccessWords, { table }: Pen): string {
  const parts = [...certainParts(readers, own, table.count, table.comma), ...possibleParts(readers, own, table.count, table.comma)];
  return parts.length === 0 ? own.nobody : parts.join(table.comma === ', ' ? '; ' : '。');
}

type Counted = (value: number) => string;

function certainParts(readers: Readers, own: AccessWords, count: Counted, comma: string): string[] {
  if (readers.everybody === 3) {
    const shutOut = peopleOf(readers, 0);
    const whole = readers.guests === 3 ? own.everybodyAndGuests : own.everybody;
    return [whole + (shutOut.length > 0 ? own.except(namedText(shutOut, own, count, comma)) : '')];
  }
  const named = peopleOf(readers, 3);
  return [
    ...(readers.guests === 3 ? [own.guests] : []),
    ...(named.length > 0 ? [namedText(named, own, count, comma)] : []),
    ...unresolvedParts(readers, own, comma),
  ];
}

function possibleParts(readers: Readers, own: AccessWords, count: Counted, comma: string): string[] {
  if (readers.everybody === 1) {
    const isAnybodyCertain = peopleOf(readers, 3).length > 0 || unresolvedOf(readers).length > 0;
    return [isAnybodyCertain ? own.andPossibly : own.anybody];
  }
  const named = readers.everybody === 0 ? peopleOf(readers, 1) : [];
  return named.length > 0 ? [own.possibly(namedText(named, own, count, comma))] : [];
}

function unresolvedParts(readers: Readers, own: AccessWords, comma: string): string[] {
  const groups = unresolvedOf(readers);
  return groups.length === 0 ? [] : [`${own.unresolved}: ${nameList(groups, comma)}`];
}

function namedText(principals: readonly Principal[], own: AccessWords, count: Counted, comma: string): string {
  const more = principals.length - NAMES_MAX;
  return own.named(count(principals.length), nameList(principals, comma), more > 0 ? count(more) : '');
}

function nameList(principals: readonly Principal[], comma: string): string {
  return principals
    .slice(0, NAMES_MAX)
    .map(({ name, id }) => showText(name ?? plainId(id)))
    .join(comma);
}
