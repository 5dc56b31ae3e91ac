/** A CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/), without times and random numbers, so that one commit gives one file. */
import { createHash } from 'node:crypto';
import { LICENCE_NOTES } from './supply-chain.mjs';

/** `packages`: as closureOf gives them; `node`: name, version and integrity of the runtime. */
export function billOfMaterials({ program, node, packages, dictionaries }) {
  const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const component = ({ name, version, integrity, licence }) => {
    const told = LICENCE_NOTES[name]?.licence ?? licence;
    return {
      type: 'library',
      'bom-ref': purl(name, version),
      name,
      version,
      ...(told ? { licenses: [/[ (]/u.test(told) ? { expression: told } : { license: { id: told } }] } : {}),
      purl: purl(name, version),
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.split('-')[1], 'base64').toString('hex') }],
    };
  };
  const data = Object.entries(dictionaries).map(([name, bytes]) => ({
    type: 'data',
    'bom-ref': name,
    name,
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
  }));
  const runtime = { ...component({ ...node, licence: 'MIT' }), type: 'application', description: 'Node.js' };
  const own = { type: 'application', 'bom-ref': purl(program.name, program.version), name: program.name, version: program.version };
  // One package may be there twice, in two places.
  const all = [runtime, ...packages.map(component), ...data].filter(
    (one, at, list) => list.findIndex((other) => other['bom-ref'] === one['bom-ref']) === at,
  );
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...own, licenses: [{ license: { id: program.license } }] } },
    components: all,
    dependencies: [{ ref: own['bom-ref'], dependsOn: all.map((one) => one['bom-ref']) }],
  };
}
