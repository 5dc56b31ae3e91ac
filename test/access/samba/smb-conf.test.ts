/** smb.conf as text: sections, synonyms, continued lines, includes. */
import { describe, expect, it } from 'vitest';
import { type ConfFiles, parseSmbConf, type SmbConf, truthOf } from '../../../src/access/samba/smb-conf.js';

const NO_FILES: ConfFiles = { read: () => null, isAny: () => false };

function parse(text: string, files: ConfFiles = NO_FILES): SmbConf {
  return parseSmbConf(text, '/etc/samba/smb.conf', files);
}

function shares(conf: SmbConf): Record<string, Record<string, string>> {
  return Object.fromEntries(conf.shares.map(({ name, parameters }) => [name, Object.fromEntries(parameters)]));
}

describe('parseSmbConf', () => {
  it('takes names whatever their case, spaces and synonyms', () => {
    const conf = parse(
      '[GLOBAL]\r\n  Map To Guest = Bad User\r\n[総務]\r\n PUBLIC = yes\r\nvfs object=acl_xattr\r\n Di rectory = /srv/a b\r\n',
    );
    expect(Object.fromEntries(conf.global)).toEqual({ maptoguest: 'Bad User' });
    expect(shares(conf)).toEqual({ 総務: { guestok: 'yes', vfsobjects: 'acl_xattr', path: '/srv/a b' } });
  });

  it('joins continued lines, and ends a comment with its line', () => {
    const conf = parse('[a]\n# old \\\npath = /a\n; x = y\nvalid users = sato, \\\n   "su zuki"\n path2 \\\n = /b\\');
    expect(shares(conf)).toEqual({ a: { path: '/a', validusers: 'sato,  "su zuki"', path2: '/b' } });
  });

  it('copies a section, and puts sections of one name together', () => {
    const conf = parse('[a]\npath = /a\nforce user = x\n[b]\ncopy = a\npath = /b\n[A]\navailable = no');
    expect(shares(conf)).toEqual({ a: { path: '/a', forceuser: 'x', available: 'no' }, b: { path: '/b', forceuser: 'x' } });
  });

  it('reads an include as text in its place', () => {
    const files = {
      read: (path: string) => (path === '/etc/samba/more.conf' ? 'guest ok = yes\n[b]\npath = /b' : null),
      isAny: () => false,
    };
    const conf = parse('[a]\ninclude = more.conf\nforce user = x\ninclude = /nowhere\n', files);
    expect(shares(conf)).toEqual({ a: { guestok: 'yes' }, b: { path: '/b', forceuser: 'x' } });
    expect(conf.doubt).toBeNull();
  });

  it.each<[title: string, text: string, doubt: string]>([
    ['an include for each client that has files', 'include = /etc/samba/smb.conf.%m', 'includes other settings for each client'],
    ['the registry', '[global]\nconfig backend = registry', 'registry'],
    ['an include of the registry', 'include = registry', 'registry'],
    ['a file that includes itself', 'include = smb.conf', 'too many files'],
  ])('tells that it may not be all: %s', (_title, text, doubt) => {
    expect(parse(text, { read: () => text, isAny: () => true }).doubt).toContain(doubt);
  });

  it('is not in doubt by an include for clients that nobody made', () => {
    expect(parse('include = /etc/samba/smb.conf.%m').doubt).toBeNull();
  });

  it.each([
    ['Yes', true],
    ['1', true],
    ['off', false],
    ['maybe', null],
  ])('the truth value %s is %s', (text, value) => {
    expect(truthOf(text)).toBe(value);
  });
});
