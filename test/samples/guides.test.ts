/** Guides and READMEs: in both languages, with links that lead somewhere and commands that the program knows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/cli/help/shape.js';
import { commandLine } from '../../src/cli/main.js';
import { readSite } from '../../src/policy/site-file.js';

const top = join(import.meta.dirname, '..', '..');
const GUIDES = ['administrator', 'auditor', 'staff'];
const PAGES = [
  'README.md',
  'README.ja.md',
  'samples/windows/README.md',
  ...GUIDES.flatMap((name) => ['ja', 'en'].map((lang) => `samples/guides/${name}.${lang}.md`)),
];
const read = (page: string) => readFileSync(join(top, page), 'utf8');
const known = new Map(
  shapeOf(commandLine('en', () => {}, '1')).commands.map(({ name, options }) => [name, options.flatMap(({ flags }) => flags)]),
);

it('there is one for each group of users in each language, and no other file', () => {
  expect(readdirSync(join(top, 'samples/guides')).sort()).toEqual(GUIDES.flatMap((name) => [`${name}.en.md`, `${name}.ja.md`]).sort());
  for (const [page, lang] of [
    ['README.md', 'en'],
    ['README.ja.md', 'ja'],
  ] as const)
    for (const name of GUIDES) expect(read(page)).toContain(`samples/guides/${name}.${lang}.md`);
});

describe.each(PAGES)('%s', (page) => {
  it('has links that lead somewhere', () => {
    const links = [...read(page).matchAll(/\]\(([^)#]+)\)/gu)].map(([, link]) => link!);
    expect(links).not.toEqual([]);
    expect(links.filter((link) => !existsSync(join(top, dirname(page), link)))).toEqual([]);
  });

  it('tells commands and options that there are', () => {
    // Between fences whole lines, elsewhere what stands in backquotes.
    const lines = read(page)
      .split('```')
      .flatMap((text, at) =>
        [...text.matchAll(at % 2 === 1 ? /^ *(mimawari .*)$/gmu : /`(mimawari [a-z][^`]*)`/gu)].map(([, line]) => line!),
      );
    const odd = lines.filter((line) => {
      const [, name = ''] = line.split(/\s+/u);
      const flags = [...line.matchAll(/\s(--[a-z][a-z-]*)/gu)].map(([, flag]) => flag!);
      return !known.has(name) || flags.some((flag) => !known.get(name)!.includes(flag));
    });
    expect(odd).toEqual([]);
  });
});

it.each(['ja', 'en'])('the example of a configuration is one (%s)', (lang) => {
  const [, text] = /```yaml\n(.*?)```/su.exec(read(`samples/guides/administrator.${lang}.md`))!;
  const { site } = readSite(text!, 'mimawari.yaml', '/etc/mimawari');
  expect([site.roots, site.departments.length, site.outputs.html]).toEqual([['/srv/share'], 2, '/var/lib/mimawari/reports/{date}.html']);
});
