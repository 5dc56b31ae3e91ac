/** What the shipped program is made of: licences that may be in it, what each package is for, and which may bring a script to be run at installation. */

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

/** Licences that the packages tell in other words, or that are allowed for a reason. */
export const LICENCE_NOTES = {
  '7z-wasm': {
    licence: 'LGPL-2.1-or-later',
    reason: 'kept unchanged as a package of its own that can be replaced; unRAR restriction told in NOTICE',
  },
  duck: { licence: 'BSD-2-Clause', reason: 'its package says BSD; its LICENSE is the text of BSD-2-Clause' },
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

/** The simple names in an SPDX expression; of a choice those that were chosen: the allowed ones suffice. */
function isAllowed(expression) {
  const inner = expression.replace(/^\(|\)$/gu, '');
  if (inner.includes(' OR ')) return inner.split(' OR ').some((one) => ALLOWED_LICENCES.includes(one.trim()));
  return inner.split(' AND ').every((one) => ALLOWED_LICENCES.includes(one.trim()));
}

/** Of package-lock.json: everything that an installation without development packages may hold, by name. */
export function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, entry]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 13);
      return { name, place, version: entry.version, licence: LICENCE_NOTES[name]?.licence ?? entry.license ?? '', ...entry };
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** What is not as it must be, a line each. */
export function supplyFaults(lock) {
  return shippedPackages(lock).flatMap(({ name, licence, hasInstallScript, integrity }) => [
    ...(isAllowed(licence) || name in LICENCE_NOTES ? [] : [`${name}: licence ${licence || 'not told'}`]),
    ...(hasInstallScript && !(name in INSTALL_SCRIPTS) ? [`${name}: runs a script at installation`] : []),
    ...(integrity ? [] : [`${name}: no sum`]),
  ]);
}

/** The table, as Markdown. `released`: name → day of the pinned release. */
export function supplyTable(lock, released) {
  const direct = { ...lock.packages[''].dependencies, ...lock.packages[''].optionalDependencies };
  const users = new Map();
  const all = shippedPackages(lock);
  for (const { name, dependencies = {}, optionalDependencies = {} } of all)
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) users.set(needed, [...(users.get(needed) ?? []), name]);
  const row = ({ name, version, licence }) => {
    const purpose = PURPOSES[name] ?? `for ${[...new Set(users.get(name) ?? [])].join(', ')}`;
    return `| ${name} | ${version} | ${licence} | ${purpose} | ${name in direct ? (released[name] ?? 'not known') : ''} |`;
  };
  const notes = Object.entries(LICENCE_NOTES).map(([name, { licence, reason }]) => `- ${name}: ${licence}; ${reason}.`);
  const scripts = Object.entries(INSTALL_SCRIPTS).map(([name, reason]) => `- ${name}: ${reason}.`);
  return `# What the shipped program is made of

Made by \`node test/tools/write-supply-table.mjs\` from package-lock.json; a test holds it. Which package may be used by which part stands in test/house.test.ts. Of packages
for one system a machine gets its own alone.

| package | version | licence | for | released |
| --- | --- | --- | --- | --- |
${all.map(row).join('\n')}

Licences for a reason:

${notes.join('\n')}

Scripts at installation:

${scripts.join('\n')}
`;
}
