/** What check.cmd was given: the line of the console is believed only where a drop onto that very file wrote it. */
import { describe, expect, it } from 'vitest';
import { droppedArguments, wordsOf } from '../../src/cli/dropped.js';

const self = 'C:\\見回り (新)\\check.cmd';
const line = (tail: string, shell = 'C:\\Windows\\system32\\cmd.exe /c') => `${shell} ""${self}"${tail}"`;
const anything = () => true;

describe('a drop', () => {
  it.each<[string, string, string, readonly string[], boolean]>([
    ['a name', ' C:\\a.csv', 'C:\\a.csv', ['C:\\a.csv'], false],
    ['a name that the shell cuts', ' C:\\R&D.csv', 'C:\\R', ['C:\\R&D.csv'], true],
    ['one before it', ' "C:\\a b.csv" C:\\R&D.csv C:\\c.csv', '"C:\\a b.csv" C:\\R', ['C:\\a b.csv', 'C:\\R&D.csv', 'C:\\c.csv'], true],
    ['& between quotation marks', ' "C:\\R & D.csv"', '"C:\\R & D.csv"', ['C:\\R & D.csv'], false],
    ['a caret', ' C:\\a^b.csv', 'C:\\ab.csv', ['C:\\a^b.csv'], false],
    ['a variable', ' C:\\%PATH%.csv', 'C:\\x;y z.csv', ['C:\\%PATH%.csv'], false],
    ['a wide space', ' C:\\全角　空白&.csv', 'C:\\全角　空白', ['C:\\全角　空白&.csv'], true],
    ['a share', ' \\\\server\\共有\\R&D', '\\\\server\\共有\\R', ['\\\\server\\共有\\R&D'], true],
    ['an exclamation mark', ' C:\\bang!x!.csv ', 'C:\\bang!x!.csv', ['C:\\bang!x!.csv'], false],
  ])('with %s', (_what, tail, own, args, hasCutName) => {
    expect(droppedArguments({ self, own, line: line(tail) }, anything)).toEqual({ args, hasCutName, isCut: false });
  });

  it.each([
    ['a shell in quotation marks', '"C:\\Windows\\system32\\cmd.exe" /c'],
    ['without its ending', 'cmd /C'],
  ])('by %s', (_what, shell) => {
    expect(droppedArguments({ self, own: 'C:\\R', line: line(' C:\\R&D.csv', shell) }, anything).args).toEqual(['C:\\R&D.csv']);
  });
});

describe('the own arguments count', () => {
  const own = 'C:\\mine.csv';
  it.each([
    ['a console that stays', line(' C:\\R&D.csv', 'cmd.exe /k')],
    ['another file', 'cmd.exe /c ""C:\\other\\check.cmd" C:\\R&D.csv"'],
    ['a file that ends alike', 'cmd.exe /c ""C:\\pre-check.cmd" C:\\R&D.csv"'],
    ['a script that names check.cmd later', `cmd.exe /c ""C:\\nightly.cmd" "${self}" C:\\theirs.csv"`],
    ['a redirection', line(' C:\\theirs.csv > C:\\out.txt')],
    ['a pipe', line(' C:\\theirs.csv|more')],
    ['other names than those handed on', line(' C:\\theirs.csv')],
    ['another command behind it', line(' C:\\mine.csv & del x')],
    ['a name that is not whole', line(' mine.csv')],
    ['an option', line(' C:\\mine.csv --json')],
    ['no line', ''],
    ['a console', '"C:\\Windows\\system32\\cmd.exe" '],
    ['one quotation mark', `cmd.exe /c "${self}" C:\\theirs.csv`],
    ['something before the shell', `x & cmd.exe /c ""${self}" C:\\mine.csv&x"`],
  ])('against %s', (_what, text) => {
    expect(droppedArguments({ self, own, line: text }, anything)).toEqual({ args: [own], hasCutName: false, isCut: false });
  });

  it('where the line names what is not there: a command of a caller, glued to a name', () => {
    const given = { self, own, line: line(' C:\\mine.csv&C:\\next.cmd') };
    expect(droppedArguments(given, (path) => path === own)).toEqual({ args: [own], hasCutName: false, isCut: false });
  });

  it('with options and spaces as they are', () => {
    expect(wordsOf(' "C:\\a b\\" --stamp "D:\\印 1.html"\tx　y ""')).toEqual(['C:\\a b\\', '--stamp', 'D:\\印 1.html', 'x　y']);
  });
});

it('tells a line that reaches the bound of the shell', () => {
  const long = ` C:\\${'a'.repeat(8200)}`;
  expect(droppedArguments({ self, own: long, line: line(long) }, anything).isCut).toBe(true);
  expect(droppedArguments({ self, own: '', line: line('') }, anything)).toEqual({ args: [], hasCutName: false, isCut: false });
});
