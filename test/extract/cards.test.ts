import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { cardsExtractor } from '../../src/extract/cards.js';
import { sniff } from '../../src/extract/sniff.js';
import { countFaults, readMembers } from '../kit/read-members.js';

const text = async (bytes: Buffer | string): Promise<string> => (await readMembers(cardsExtractor, Buffer.from(bytes))).texts.join('');
const card = (...lines: string[]): string => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('cards', () => {
  it('labels what a card says, in the order in which Japanese addresses are written', async () => {
    const first = card(
      'N:山田;太郎;;;',
      'FN:山田 太郎',
      'BDAY:19650101',
      'ADR;TYPE=home:;;霞が関1-2-3;千代田区;東京都;100-0013;日本',
      'TEL:03-0000-0000',
    );
    expect(await text(first + card('FN:佐藤 花子'))).toBe(
      '氏名: 山田 太郎\n表示名: 山田 太郎\n生年月日: 1965-01-01\n住所: 〒100-0013 東京都千代田区霞が関1-2-3\n電話番号: 03-0000-0000\n\n氏名: 佐藤 花子\n\n',
    );
  });

  it.each<[string, Buffer | string, string]>([
    ['quoted-printable in CP932', 'N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=\r\n=93=63;', '氏名: 山田'],
    ['raw CP932', Buffer.concat([Buffer.from('FN:'), Buffer.from('8e5293638e529363', 'hex')]), '氏名: 山田山田'],
    ['folded lines', 'NOTE:山\r\n 田', '備考: 山田'],
    ['a fold inside of a character', Buffer.concat([Buffer.from('NOTE:\xe5\xb1\r\n \xb1\xe7\x94\xb0', 'latin1')]), '備考: 山田'],
    ['escapes', 'NOTE:a\\, b\\nc', '備考: a, b\nc'],
    ['groups and quoted parameters', 'item1.TEL;X="a:b":090', '電話番号: 090'],
  ])('reads %s', async (_, line, expected) => {
    const bytes = Buffer.concat([Buffer.from('BEGIN:VCARD\r\n'), Buffer.from(line), Buffer.from('\r\nEND:VCARD\r\n')]);
    expect((await text(bytes)).trim()).toBe(expected);
  });

  it('leaves pictures out', async () => {
    expect(await text(card('FN:山田', 'PHOTO;ENCODING=b:AAAA', ' BBBB'))).toBe('氏名: 山田\n\n');
  });

  it('reads calendars with who takes part', async () => {
    const event = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'SUMMARY:面談',
      'ATTENDEE;CN="山田 太郎":mailto:a@example.jp',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    expect(await text(event.join('\n'))).toBe('SUMMARY: 面談\nATTENDEE: 山田 太郎 mailto:a@example.jp\n\n');
  });

  it('is known by its first line', () => {
    expect(sniff(memorySource('x', Buffer.from(card('FN:山田')))).format).toBe('vcf');
    expect(sniff(memorySource('x', Buffer.from('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'))).format).toBe('ics');
  });

  it('never breaks on damaged bytes', async () => {
    expect(await countFaults(cardsExtractor, Buffer.from(card('N:山田;太郎', 'NOTE;ENCODING=QUOTED-PRINTABLE:=E5=', '=B1')))).toBe(0);
  });
});
