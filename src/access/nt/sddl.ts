/**
 * Security descriptors as text (SDDL, MS-DTYP 2.5.1): what icacls, Get-Acl and Samba's tools write. A text that doesn't follow the grammar is
 * refused as a whole, since half a list could look closed.
 */
import { limits } from '../../limits.js';
import { FileProblem } from '../../problem.js';
import {
  type Ace,
  DACL_AUTO_INHERIT_REQUIRED,
  DACL_AUTO_INHERITED,
  DACL_PRESENT,
  DACL_PROTECTED,
  type Descriptor,
  isJudged,
  SELF_RELATIVE,
  sidText,
} from './descriptor.js';
import { ACE_FLAGS, ACE_TYPES, RID_ALIASES, RIGHTS, SID_ALIASES } from './sddl-words.js';

const NO_LIST = 'NO_ACCESS_CONTROL';
const LIST_FLAGS: Readonly<Record<string, number>> = { P: DACL_PROTECTED, AR: DACL_AUTO_INHERIT_REQUIRED, AI: DACL_AUTO_INHERITED };
const SID = /S-1-(0x[\da-f]{12}|\d{1,15})((?:-\d{1,10}){0,15})/iy;
/** A domain that no text names: `S-1-5-21-*-512` for DA. */
const ANY_DOMAIN = 'S-1-5-21-*';

/**
 * @param domain the SID that DA, DU, LA and the like are relative to (`S-1-5-21-1-2-3`); without it they stand for those of any domain.
 * Throws FileProblem('damaged'), or 'too-large' above `limits.sddlCharsMax`.
 */
export function parseSddl(text: string, domain: string = ANY_DOMAIN): Descriptor {
  if (text.length > limits.sddlCharsMax) throw new FileProblem('too-large', 'SDDL');
  return new Reader(text.trim(), domain).descriptor();
}

/** What ACLs and owners are written as, in its canonical form; null when the text is no SID and no alias. */
export function parseSidText(text: string, domain: string = ANY_DOMAIN): string | null {
  const reader = new Reader(text.trim(), domain);
  const sid = reader.sidOrNull();
  return sid !== null && reader.isAtEnd() ? sid : null;
}

class Reader {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly domain: string,
  ) {}

  isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  /** The parts in any order, as Windows reads them; each at most once. */
  descriptor(): Descriptor {
    let owner: string | null = null;
    let group: string | null = null;
    let control = SELF_RELATIVE;
    let dacl: Ace[] | null = null;
    const seen = new Set<string>();
    while (!this.isAtEnd()) {
      const part = this.text[this.at]!.toUpperCase();
      if (!'OGDS'.includes(part) || this.text[this.at + 1] !== ':' || seen.has(part)) throw damaged('unexpected text between its parts');
      seen.add(part);
      this.at += 2;
      if (part === 'O') owner = this.sid();
      else if (part === 'G') group = this.sid();
      else {
        const list = this.list();
        // The system list is read for its grammar alone.
        if (part === 'D') {
          dacl = list.aces;
          control |= DACL_PRESENT | list.flags;
        }
      }
      this.blanks();
    }
    if (seen.size === 0) throw damaged('it is empty');
    return { control, owner, group, dacl };
  }

  sidOrNull(): string | null {
    SID.lastIndex = this.at;
    const whole = SID.exec(this.text);
    if (whole !== null) {
      this.at += whole[0].length;
      return canonicalSid(whole[1]!, whole[2]!);
    }
    const word = this.text.slice(this.at, this.at + 2).toUpperCase();
    const rid = RID_ALIASES[word];
    const sid = rid === undefined ? SID_ALIASES[word] : `${this.domain}-${rid}`;
    if (sid !== undefined) this.at += 2;
    return sid ?? null;
  }

  private sid(): string {
    const sid = this.sidOrNull();
    if (sid === null) throw damaged('not a SID');
    return sid;
  }

  private list(): { flags: number; aces: Ace[] | null } {
    let flags = 0;
    let isNull = false;
    const aces: Ace[] = [];
    for (;;) {
      if (this.text.startsWith(NO_LIST, this.at)) {
        isNull = true;
        this.at += NO_LIST.length;
        continue;
      }
      const word = ['P', 'AR', 'AI'].find((flag) => this.text.startsWith(flag, this.at));
      if (word === undefined) break;
      flags |= LIST_FLAGS[word]!;
      this.at += word.length;
    }
    this.blanks();
    while (this.text[this.at] === '(') {
      const ace = this.ace();
      if (ace !== null) aces.push(ace);
      this.blanks();
    }
    if (isNull && aces.length > 0) throw damaged('entries in a list that is none');
    return { flags, aces: isNull ? null : aces };
  }

  /** Null for an entry that neither lets in nor shuts out. */
  private ace(): Ace | null {
    const fields = this.fields();
    if (fields.length !== 6 && fields.length !== 7) throw damaged('an entry has not six fields');
    const [typeWord, flagWords, rights, , , sidText] = fields as [string, string, string, string, string, string];
    const type = ACE_TYPES[typeWord.toUpperCase()];
    if (type === undefined) throw damaged('an entry of unknown type');
    if (!isJudged(type)) return null;
    const sid = parseSidText(sidText, this.domain);
    if (sid === null) throw damaged('an entry without a SID');
    return { type, flags: wordSum(flagWords, ACE_FLAGS, 'flag'), mask: maskOf(rights), sid };
  }

  /** The fields of one entry. The seventh is a condition (or a value) of its own grammar: parentheses nest, and texts in quotes hold anything. */
  private fields(): string[] {
    this.at++;
    const fields: string[] = [];
    let from = this.at;
    let depth = 0;
    let isQuoted = false;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '"') isQuoted = !isQuoted;
      else if (isQuoted) continue;
      else if (char === '(') depth++;
      else if (char === ')' && depth > 0) depth--;
      else if ((char === ';' && depth === 0) || char === ')') {
        fields.push(this.text.slice(from, this.at).trim());
        from = this.at + 1;
        if (char !== ')') continue;
        this.at++;
        return fields;
      }
    }
    throw damaged('an entry has no end');
  }

  private blanks(): void {
    while (this.text[this.at] === ' ') this.at++;
  }
}

/** Hexadecimal, octal or decimal, or words of two letters without anything between them. */
function maskOf(text: string): number {
  const radix = /^0x[\da-f]{1,8}$/i.test(text) ? 16 : /^0[0-7]{1,11}$/.test(text) ? 8 : /^\d{1,10}$/.test(text) ? 10 : null;
  if (radix === null) return wordSum(text, RIGHTS, 'right');
  const mask = Number.parseInt(radix === 16 ? text.slice(2) : text, radix);
  if (mask > 0xffffffff) throw damaged('rights of more than 32 bits');
  return mask;
}

function wordSum(text: string, words: Readonly<Record<string, number>>, what: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 2) {
    const bits = words[text.slice(at, at + 2).toUpperCase()];
    if (bits === undefined) throw damaged(`an unknown ${what}`);
    sum |= bits;
  }
  return sum >>> 0;
}

function canonicalSid(authorityText: string, rest: string): string {
  const authority = Number(authorityText);
  const parts = rest.split('-').slice(1).map(Number);
  if (authority >= 2 ** 48 || parts.some((part) => part > 0xffffffff)) throw damaged('a SID out of range');
  return sidText(authority, parts);
}

function damaged(detail: string): FileProblem {
  return new FileProblem('damaged', `SDDL: ${detail}`);
}
