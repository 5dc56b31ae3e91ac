import { describe, expect, it } from 'vitest';
import { parseSddl, parseSidText } from '../../../src/access/nt/sddl.js';
import { RID_ALIASES, SID_ALIASES } from '../../../src/access/nt/sddl-words.js';
import { writeSddl } from '../../../src/access/nt/sddl-write.js';
import { limits } from '../../../src/limits.js';
import { FileProblem } from '../../../src/problem.js';

/** Rights of the only entry. */
function maskOf(rights: string): number {
  return parseSddl(`D:(A;;${rights};;;WD)`).dacl![0]!.mask;
}

describe('parseSddl', () => {
  it.each([
    ['FA', 0x1f01ff],
    ['FR', 0x120089],
    ['FX', 0x1200a0],
    ['GRGX', 0xa0000000],
    ['CCDCLCSWRPWPDTLOCR', 0x1ff],
    ['RCSDWDWO', 0xf0000],
    ['0x1301BF', 0x1301bf],
    ['1179817', 0x1200a9],
    ['04', 4],
    ['0', 0],
    ['4294967295', 0xffffffff],
    ['', 0],
  ])('reads the rights %s', (rights, mask) => {
    expect(maskOf(rights)).toBe(mask);
  });

  it('knows every word for a SID, in any case, and completes those of a domain', () => {
    for (const [word, sid] of Object.entries(SID_ALIASES)) expect(parseSidText(word)).toBe(sid);
    for (const [word, rid] of Object.entries(RID_ALIASES)) {
      expect(parseSidText(word.toLowerCase())).toBe(`S-1-5-21-*-${rid}`);
      expect(parseSidText(word, 'S-1-5-21-7-8-9')).toBe(`S-1-5-21-7-8-9-${rid}`);
    }
  });

  it.each([
    ['O:SYG:BAD:PAI(A;OICIIO;GA;;;CO)', 'O:S-1-5-18G:S-1-5-32-544D:PAI(A;OICIIO;0x10000000;;;S-1-3-0)'],
    ['D:(A;;FR;;;AU)O:SY', 'O:S-1-5-18D:(A;;0x120089;;;S-1-5-11)'],
    ['  D:ARAI \r\n', 'D:ARAI'],
    ['D:NO_ACCESS_CONTROL', 'D:NO_ACCESS_CONTROL'],
    ['D:PNO_ACCESS_CONTROL', 'D:PNO_ACCESS_CONTROL'],
    ['D:P', 'D:P'],
    ['O:DAD:(A;ID;0x001f01ff;;;s-1-5-21-01-2-3-1000)', 'O:S-1-5-21-*-512D:(A;ID;0x1f01ff;;;S-1-5-21-1-2-3-1000)'],
    ['D:(A;;FR;;;WD)S:AI(AU;SAFA;FA;;;WD)(ML;;NW;;;LW)', 'D:(A;;0x120089;;;S-1-1-0)'],
    ['D:(OA;CI;RP;4c164200-20c0-11d0-a768-00aa006e0529;;AU)', 'D:(OA;CI;0x10;;;S-1-5-11)'],
    [
      'D:(XA;;FR;;;WD;(@User.部署 == "年金;(係)" && (Exists a || !(b)))) (D;;FA;;;BG)',
      'D:(XA;;0x120089;;;S-1-1-0)(D;;0x1f01ff;;;S-1-5-32-546)',
    ],
  ])('%s', (text, written) => {
    expect(writeSddl(parseSddl(text))).toBe(written);
  });

  it.each([
    '',
    'everyone',
    'D:\\odd(A;;FA;;;WD)',
    'O:',
    'O:XX',
    'O:S-1',
    'O:S-1-5-4294967296',
    'O:BAO:BA',
    'D:(A;;FA;;;WD',
    'D:(A;;FA;;;WD)x',
    'D:(A;;FA;;WD)',
    'D:(A;;FA;;;)',
    'D:(A;;FA;;;WDX)',
    'D:(B;;FA;;;WD)',
    'D:(A;OIX;FA;;;WD)',
    'D:(A;;FAZ;;;WD)',
    'D:(A;;QQ;;;WD)',
    'D:(A;;0x123456789;;;WD)',
    'D:(A;;4294967296;;;WD)',
    'D:(XA;;FR;;;WD;(a == "b)',
    'D:NO_ACCESS_CONTROL(A;;FA;;;WD)',
  ])('refuses "%s"', (text) => {
    expect(() => parseSddl(text)).toThrow(FileProblem);
  });

  it('refuses a text above its bound', () => {
    expect(() => parseSddl(`D:${'(A;;FA;;;WD)'.repeat(limits.sddlCharsMax / 12 + 1)}`)).toThrow('too-large');
  });
});
