/** Who reads by an NT descriptor, rule by rule, with accounts of our own. */
import { describe, expect, it } from 'vitest';
import { type Directory, GUEST, STRANGER } from '../../../src/access/directory.js';
import { ACCESS_BOUNDS } from '../../../src/access/exposure.js';
import { createDirectory } from '../../../src/access/known-directory.js';
import { LOCAL_READING, ntReaders, rightsOf, SMB_READING } from '../../../src/access/nt/nt-gate.js';
import { judgeNt } from '../../../src/access/nt/nt-judge.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { everybody, PROVEN } from '../../../src/access/passers.js';

const DOMAIN = 'S-1-5-21-700-800-900';
const ids: Record<string, string> = { sato: '1201', suzuki: '1202', ito: '1203', soumu: '1301', keiri: '1302', odd: '1303' };

function directoryOf(completeDomains: string[] = []): Directory {
  const account = (name: string): { name: string; ids: string[] } => ({ name, ids: [`${DOMAIN}-${ids[name]}`] });
  return createDirectory({
    accounts: [
      account('sato'),
      account('suzuki'),
      account('ito'),
      ...Array.from({ length: 20 }, (_, i) => ({ name: `p${i}`, ids: [`u:${3000 + i}`] })),
    ],
    groups: [
      { name: 'soumu', ids: [`${DOMAIN}-1301`], members: [`${DOMAIN}-1201`, `${DOMAIN}-1202`] },
      { name: 'keiri', ids: [`${DOMAIN}-1302`], members: [`${DOMAIN}-1203`] },
    ],
    completeDomains,
  });
}

/** Names in braces stand for SIDs. */
function descriptor(text: string): ReturnType<typeof parseSddl> {
  return parseSddl(text.replace(/\{(\w+)\}/g, (_, name: string) => `${DOMAIN}-${ids[name]}`));
}

/** Names of the readers, `?` behind those who are only possible. */
function readers(text: string, reading = SMB_READING, directory = directoryOf()): string {
  const { flags } = ntReaders(descriptor(text), directory, reading);
  const names = [...flags].map((flag, i) => (flag === 0 ? '' : `${directory.subjects[i]!.name}${flag === PROVEN ? '' : '?'}`));
  const told = names.filter((name) => name !== '');
  return told.length === flags.length ? (told.every((name) => name.endsWith('?')) ? 'all?' : 'all') : told.join(' ');
}

describe('ntReaders', () => {
  it.each([
    ['a group', 'D:(A;;FR;;;{soumu})', 'sato suzuki'],
    ['the first entry decides: shut out, then let in', 'D:(D;;FR;;;{sato})(A;;FR;;;{soumu})', 'suzuki'],
    ['the first entry decides: let in, then shut out', 'D:(A;;FR;;;{soumu})(D;;FR;;;{sato})', 'sato suzuki'],
    ['each right on its own', 'D:(D;;CC;;;{sato})(A;;FX;;;{sato})', 'sato'],
    ['a denied group takes its members out of another', 'D:(D;;FA;;;{keiri})(A;;FR;;;{ito})(A;;FR;;;{soumu})', 'sato suzuki'],
    ['inherit-only entries speak of others', 'D:(D;IO;FA;;;{sato})(A;IO;FA;;;WD)(A;;FR;;;{sato})', 'sato'],
    ['generic rights', 'D:(A;;GR;;;{sato})(A;;GX;;;{suzuki})(A;;GW;;;{ito})', 'sato suzuki'],
    ['attributes and writing are no reading', 'D:(A;;0x120196;;;WD)', ''],
    ['taking over is', 'D:(A;;WO;;;{sato})(A;;WD;;;{ito})', 'sato ito'],
    ['the owner may rewrite the list', 'O:{ito}D:(A;;FR;;;{sato})', 'sato ito'],
    ['and even when it shuts him out', 'O:{ito}D:(D;;FA;;;{ito})(A;;FR;;;{sato})', 'sato ito'],
    ['unless it says what owners may', 'O:{ito}D:(A;;RC;;;OW)(A;;FR;;;{sato})', 'sato'],
    ['which may be reading', 'O:{ito}D:(A;;FR;;;OW)', 'ito'],
    ['an inherit-only entry for owners does not', 'O:{ito}D:(A;IO;RC;;;OW)(A;;FR;;;{sato})', 'sato ito'],
    ['a group that owns', 'O:{soumu}D:', 'sato suzuki'],
    ['an owner nobody knows may be a group', 'O:{odd}D:', 'all?'],
    ['nobody', 'O:BAD:', ''],
    ['creators, self, packages and labels match nobody', 'D:(A;;FA;;;CO)(A;;FA;;;CG)(A;;FA;;;PS)(A;;FA;;;RC)(A;;FA;;;AC)(A;;FA;;;HI)', ''],
    [
      'administration is not counted',
      'D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;DA)(A;;FA;;;BO)(A;;FA;;;S-1-5-80-1-2-3-4-5)(A;;FA;;;S-1-22-1-0)',
      '',
    ],
    ['no list', 'O:BA', 'all'],
    ['a NULL list', 'D:NO_ACCESS_CONTROL', 'all'],
    ['Everyone', 'D:(A;;FR;;;WD)', 'all'],
    ['Guests', 'D:(A;;FR;;;BG)', 'guest'],
    ['a condition may hold', 'D:(XA;;FR;;;{soumu};(a))', 'sato suzuki'],
    ['a condition may fail', 'D:(XD;;FR;;;{sato};(a))(A;;FR;;;{soumu})', 'sato suzuki'],
    ['an object entry shuts nobody out', 'D:(OD;;FR;;;{sato})(A;;FR;;;{soumu})', 'sato suzuki'],
    [
      'an unresolved group lets in whoever is not shut out',
      'D:(D;;FA;;;{sato})(A;;FR;;;{odd})',
      'guest? other? suzuki? ito? p0? p1? p2? p3? p4? p5? p6? p7? p8? p9? p10? p11? p12? p13? p14? p15? p16? p17? p18? p19?',
    ],
    ['an unresolved group shuts nobody out', 'D:(D;;FA;;;{odd})(A;;FR;;;{soumu})', 'sato suzuki'],
    ['a logon group shuts nobody out', 'D:(D;;FA;;;IU)(D;;FA;;;BU)(A;;FR;;;{soumu})', 'sato suzuki'],
    ['Unix ids are those of the directory', 'D:(A;;FR;;;S-1-22-1-3004)', 'p4'],
  ])('%s', (_title, text, expected) => {
    expect(readers(text)).toBe(expected);
  });

  it('counts execution only where a server hands files out', () => {
    expect([readers('D:(A;;FX;;;{sato})'), readers('D:(A;;FX;;;{sato})', LOCAL_READING)]).toEqual(['sato', '']);
  });

  it('keeps guests and strangers apart', () => {
    const flags = (text: string): number[] => [...ntReaders(descriptor(text), directoryOf()).flags.slice(GUEST, STRANGER + 1)];
    expect(flags('D:(A;;FR;;;AU)')).toEqual([0, PROVEN]);
    expect(flags('D:(D;;FR;;;AU)(A;;FR;;;WD)')).toEqual([PROVEN, 0]);
    expect(flags('D:(D;;FR;;;BG)(A;;FR;;;WD)')).toEqual([PROVEN, PROVEN]);
  });

  it('takes a SID of a domain whose accounts are all known, but not this one, for nobody', () => {
    expect(readers('O:{odd}D:(A;;FR;;;{odd})(A;;FR;;;{sato})', SMB_READING, directoryOf([DOMAIN]))).toBe('sato');
  });

  it('spells generic rights out', () => {
    expect([0x80000000, 0x10000000, 0x80000001].map(rightsOf)).toEqual([0x120089, 0x1f01ff, 0x120089]);
  });
});

describe('judgeNt', () => {
  const judge = (text: string, broadGroups: string[] = []): unknown => {
    const directory = directoryOf();
    const access = judgeNt('ntacl', everybody(directory), descriptor(text), directory, { ...ACCESS_BOUNDS, broadGroups });
    return [access.state, access.broad, access.readers, access.reason];
  };
  it.each<[text: string, answer: unknown[]]>([
    ['O:{ito}D:(A;;FA;;;BA)(A;;FR;;;{soumu})', ['restricted', [], 3, 'soumu and owner ito, who may give himself the right: 3 readers']],
    ['D:(A;;FA;;;BA)', ['restricted', [], 0, 'administrators alone: 0 readers']],
    ['D:(A;;FR;;;WD)(A;;FR;;;AU)', ['open', ['S-1-1-0', 'S-1-5-11'], null, 'NT access list: Everyone (S-1-1-0) may read']],
    [
      'D:(A;;FX;;;AU)',
      ['open', ['S-1-5-11'], null, 'NT access list: Authenticated Users (S-1-5-11) may execute it, which reads it over SMB'],
    ],
    ['D:(A;;WD;;;BU)', ['open', ['S-1-5-32-545'], null, 'NT access list: Users (S-1-5-32-545) may change who reads it (WRITE_DAC)']],
    ['D:(A;;WO;;;DU)', ['open', ['S-1-5-21-*-513'], null, 'NT access list: Domain Users (S-1-5-21-*-513) may take it over (WRITE_OWNER)']],
    ['D:NO_ACCESS_CONTROL', ['open', ['S-1-1-0'], null, 'no NT access list: nothing limits access']],
    [
      'D:(A;;FR;;;{odd})(A;;FR;;;{ito})',
      ['unknown', [], null, `NT access list: nobody knows whom ${DOMAIN}-1303 stands for; at least 1 reader`],
    ],
  ])('%s', (text, answer) => {
    expect(judge(text)).toEqual(answer);
  });

  it.each([['soumu'], [`${DOMAIN}-1301`]])('a group of the site that stands for everybody: %s', (name) => {
    expect(judge('D:(A;;FR;;;{soumu})', [name])).toEqual(['open', [name], null, expect.stringContaining('soumu')]);
    expect(judge('D:(A;;FR;;;{sato})', [name])).toEqual(['restricted', [], 1, 'sato: 1 reader']);
  });

  it('such a group counts also where nobody knows its members', () => {
    expect(judge('D:(A;;FR;;;{odd})', [`${DOMAIN}-1303`])).toEqual([
      'open',
      [`${DOMAIN}-1303`],
      null,
      `NT access list: ${DOMAIN}-1303 may read`,
    ]);
  });
});
