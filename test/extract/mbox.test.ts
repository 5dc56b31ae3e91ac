import { describe, expect, it } from 'vitest';
import { mboxExtractor } from '../../src/extract/mbox.js';
import { countFaults, readMembers } from '../kit/read-members.js';

const BORDER = 'From a@example.jp Mon Mar 23 09:00:00 2015';

describe('mboxExtractor', () => {
  it.each(['\n', '\r\n'])('cuts at borders behind blank lines (line end %j)', async (end) => {
    const lines = [BORDER, 'Subject: 1', '', 'From here on 2015 it is text', '', 'From the office', '', BORDER, 'Subject: 2', '', 'x', ''];
    const { members, problems } = await readMembers(mboxExtractor, Buffer.from(lines.join(end)));
    expect(problems).toEqual([]);
    expect(members.map(([name, bytes]) => [name, bytes.toString().split(end)[0]])).toEqual([
      ['mail-00001.eml', 'Subject: 1'],
      ['mail-00002.eml', 'Subject: 2'],
    ]);
    expect(members[0]?.[1].toString()).toContain('From the office');
  });

  it('finds borders wherever the windows end', async () => {
    const filler = 'x'.repeat(997);
    const mails = Array.from({ length: 2500 }, (_, number) => `${BORDER}\nSubject: ${number}\n\n${filler}\n\n`);
    const { members } = await readMembers(mboxExtractor, Buffer.from(mails.join('')));
    expect(members.length).toBe(2500);
    expect(members.every(([, bytes], number) => bytes.toString().startsWith(`Subject: ${number}\n`))).toBe(true);
  });

  it('never breaks on damaged bytes', async () => {
    expect(await countFaults(mboxExtractor, Buffer.from(`${BORDER}\nSubject: 1\n\nx\n\n${BORDER}\n\ny\n`))).toBe(0);
  });
});
