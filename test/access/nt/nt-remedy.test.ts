/** What would close a file by its NT descriptor, as icacls is told it. */
import { describe, expect, it } from 'vitest';
import { ACCESS_BOUNDS } from '../../../src/access/exposure.js';
import { createDirectory } from '../../../src/access/known-directory.js';
import { judgeNt } from '../../../src/access/nt/nt-judge.js';
import { closeByIcacls } from '../../../src/access/nt/nt-remedy.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { everybody } from '../../../src/access/passers.js';

const DOMAIN = 'S-1-5-21-1-2-3';
const sid = (rid: number): string => `${DOMAIN}-${rid}`;
const crowd = Array.from({ length: 40 }, (_, i) => ({ name: `crowd${i}`, ids: [sid(2000 + i)], groups: [sid(1600)] }));
const directory = createDirectory({
  accounts: [
    { name: 'taro', ids: [sid(1101)], groups: [sid(1500)] },
    { name: 'hanako', ids: [sid(1102)], groups: [sid(1500)] },
    ...crowd,
    ...Array.from({ length: 80 }, (_, i) => ({ name: `staff${i}`, ids: [sid(3000 + i)] })),
  ],
  groups: [
    { name: 'soumu', ids: [sid(1500)] },
    { name: 'zen', ids: [sid(1600)] },
  ],
  completeDomains: [DOMAIN],
});
const top = everybody(directory);

function close(sddl: string, target: 'file' | 'folder' = 'file') {
  return closeByIcacls(target, 'D:\\f', parseSddl(sddl.replaceAll('$', DOMAIN)), directory, ACCESS_BOUNDS, (descriptor) =>
    judgeNt('windows', top, descriptor, directory, ACCESS_BOUNDS),
  );
}

describe('closeByIcacls', () => {
  it.each<[title: string, sddl: string, commands: string[], removes: string[]]>([
    [
      'inherited broad entries go with the inheritance; the rest is granted here',
      'O:$-1101G:$-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1301bf;;;$-1500)(A;ID;0x1301bf;;;AU)(A;ID;0x1200a9;;;BU)',
      [`icacls /inheritance:r /grant:r *S-1-5-18:(F) *S-1-5-32-544:(F) *${sid(1500)}:(M) *${sid(1101)}:(F)`],
      ['S-1-5-11', 'S-1-5-32-545'],
    ],
    [
      'explicit ones are taken out; what is denied stays denied',
      'O:BAG:$-513D:P(D;;0x1200a9;;;$-1102)(A;;FA;;;BA)(A;;FR;;;$-1500)(A;;0x1200a9;;;WD)',
      [
        `icacls /inheritance:r /grant:r *S-1-5-32-544:(F) *${sid(1500)}:(R)`,
        `icacls /deny *${sid(1102)}:(RX)`,
        'icacls /remove:g *S-1-1-0',
      ],
      ['S-1-1-0'],
    ],
    [
      'a group that is too large goes; a second entry of a SID adds to the first',
      'O:BAG:BAD:P(A;;FR;;;$-1500)(A;;FX;;;$-1500)(A;;FR;;;$-1600)',
      [`icacls /inheritance:r /grant:r *${sid(1500)}:(R)`, `icacls /grant *${sid(1500)}:(RC,S,X,RA)`, `icacls /remove:g *${sid(1600)}`],
      [sid(1600)],
    ],
    [
      'without any list administrators and the owner remain',
      'O:$-1101G:$-513D:NO_ACCESS_CONTROL',
      [`icacls /inheritance:r /grant:r *S-1-5-32-544:(F) *S-1-5-18:(F) *${sid(1101)}:(F)`],
      ['other'],
    ],
  ])('%s', (_title, sddl, commands, removes) => {
    const remedy = close(sddl)!;
    expect(remedy.commands.map((command) => command.join(' '))).toEqual(commands);
    expect(remedy.removes).toEqual(removes);
    expect(remedy.after.state).toBe('restricted');
  });

  it('keeps on a folder what goes on to its files', () => {
    expect(close('O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICIIO;FR;;;$-1500)(A;OICI;FR;;;WD)', 'folder')!.commands[0]!.slice(3)).toEqual([
      '*S-1-5-32-544:(OI)(CI)(F)',
      `*${sid(1500)}:(OI)(CI)(IO)(R)`,
    ]);
  });

  it('says nothing where icacls could not write the list', () => {
    expect(close('O:BAG:BAD:P(XA;;FR;;;WD;(Title=="x"))(A;;FR;;;WD)')).toBeNull();
  });
});
