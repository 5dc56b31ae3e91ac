/** Looks for the values of made-up people in bytes: every way they are commonly written, in every encoding that a file of this program or a crash could be in. */
import { encodeText } from './encode-text.mjs';
import { iso, lettered, packed, slashed, wareki } from './notations.mjs';
import { address, hyphened } from './people.mjs';

const ENCODINGS = {
  'utf-8': (text) => Buffer.from(text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
  cp932: (text) => encodeText(text, 'cp932'),
};
const fullWidth = (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

/** What is looked for of one person: { kind: { form: text } }. Forms are told in a failure, values never. */
function formsOf(person) {
  const number = hyphened(person);
  return {
    number: {
      hyphened: number,
      bare: person.number,
      'full-width': fullWidth(number),
      'other hyphen': number.replace('-', '‐'),
      spaced: number.replace('-', ' '),
    },
    name: {
      joined: person.name,
      spaced: `${person.family} ${person.given}`,
      'wide space': `${person.family}　${person.given}`,
      kana: `${person.familyKana}　${person.givenKana}`,
      'kana joined': person.familyKana + person.givenKana,
    },
    birth: {
      iso: iso(person.birth),
      slashed: slashed(person.birth),
      packed: packed(person.birth),
      wareki: wareki(person.birth),
      lettered: lettered(person.birth),
    },
    address: { whole: address(person), 'town and number': person.town + person.rest, 'full-width': person.town + fullWidth(person.rest) },
  };
}

/** Gives { owner, kind, form, encoding, bytes } for each way to write each value. `owner` is a number, so that a failure names nobody. */
export function needlesOf(people) {
  const needles = [];
  people.forEach((person, owner) => {
    for (const [kind, forms] of Object.entries(formsOf(person))) {
      for (const [form, text] of Object.entries(forms)) {
        for (const [encoding, encode] of Object.entries(ENCODINGS)) {
          // Some letters have no place in CP932: such a value cannot stand there either.
          try {
            needles.push({ owner, kind, form, encoding, bytes: encode(text) });
          } catch {}
        }
      }
    }
  });
  return needles;
}

/** The needles that stand in `bytes`. */
export const findPlanted = (bytes, needles) => needles.filter(({ bytes: needle }) => bytes.includes(needle));
