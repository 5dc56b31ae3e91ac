/** What must be found in a made file, worked out from the people that were put in: the rules are those of CONTRACT.md ("Record, person"), written a second time so that the program is not its own judge. */

/** One record: which of a person's data one place of the file tells. `fields`: words out of number, name, birth, address, my. */
export function record(person, fields) {
  return { person, fields: new Set(fields.split(' ')) };
}
export const records = (people, fields) => people.map((person) => record(person, fields));

/** `four`, `three`, `two` by the exact set of the four kinds, else `other`; null for what does not count (a name alone). */
export function classOf({ fields }) {
  const has = (...names) => names.every((name) => fields.has(name));
  if (has('number', 'name', 'birth', 'address')) return 'four';
  if (has('number', 'name', 'birth')) return 'three';
  if (has('number', 'name')) return has('address') ? 'other' : 'two';
  const counts = has('number') || has('my') || (has('name') && (has('birth') || has('address')));
  return counts ? 'other' : null;
}

/** By which data a person is known, and the key that equal persons share. */
function identityOf({ person, fields }) {
  if (fields.has('number')) return ['pension-number', person.number];
  if (fields.has('my')) return ['my-number', person.my];
  const { year, month, day } = person.birth;
  if (fields.has('birth')) return ['name+birthdate', `${person.name}/${year}-${month}-${day}`];
  return ['name+address', `${person.name}/${person.prefecture}${person.city}${person.town}${person.rest}`];
}

const KIND_OF = { number: 'pension-number', name: 'name', birth: 'birthdate', address: 'address', my: 'my-number' };
const NO_RECORDS = { four: 0, three: 0, two: 0, other: 0 };
const NO_PERSONS = { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };

/** Counts of a file, of a folder or of the whole share, by the same rule. */
export function countTruth(list) {
  const counts = { records: { ...NO_RECORDS }, persons: 0, personsBy: { ...NO_PERSONS }, kinds: {} };
  const seen = new Set();
  for (const item of list) {
    const recordClass = classOf(item);
    if (!recordClass) continue;
    counts.records[recordClass]++;
    for (const field of item.fields) counts.kinds[KIND_OF[field]] = (counts.kinds[KIND_OF[field]] ?? 0) + 1;
    const [basis, key] = identityOf(item);
    if (seen.has(basis + key)) continue;
    seen.add(basis + key);
    counts.persons++;
    counts.personsBy[basis]++;
  }
  return counts;
}

/** Ages are counted as on this day. */
export const AS_OF = '2026-11-21';
const LIMIT_DAYS = 365;

/** Whole days from the last change to the end of the day of `AS_OF` in Japan. */
export const ageDays = (modified) => Math.floor((Date.parse(`${AS_OF}T23:59:59+09:00`) - Date.parse(modified)) / 86400000);

/** CONTRACT.md, "Verdict of a file", for the built-in policy. */
export function verdictOf({ password, access, examined, modified, textless }, count) {
  if (textless) return 'textless';
  if (examined === 'none' && ['set', 'weak'].includes(password)) return 'sealed';
  if (count > 0) {
    const locked = ['set', 'weak'].includes(password);
    return (!locked && access === 'open') || ageDays(modified) > LIMIT_DAYS ? 'violation' : 'compliant';
  }
  return examined === 'full' ? 'clear' : 'undetermined';
}
