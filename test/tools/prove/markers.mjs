/** The table of places: a marker planted in each place of each format that can hold text, and whether the readers bring it out. */
import { plantedFiles } from '../markers/index.mjs';
import { lookForMarkers } from '../markers/look.mjs';

export const summary = 'every place of every format: ≥ 95 % read, the rest told, nothing counted twice';

const WORDS = { read: 'read', told: 'not read, told', silent: 'NOT READ, NOT TOLD' };

export async function prove({ check, say }) {
  const { memorySource } = await import('../../../dist/src/container/memory-source.js');
  const { sniff } = await import('../../../dist/src/extract/sniff.js');
  const { extractorsFor } = await import('../../../dist/src/extract/registry.js');
  const { cellText } = await import('../../../dist/detectors/contract.js');
  const all = [];
  for (const file of plantedFiles()) {
    const { places, problems } = await lookForMarkers(file, { sniff, extractorsFor, memorySource, cellText });
    const read = places.filter(({ state }) => state === 'read');
    say(
      `${file.format.padEnd(5)} ${read.length} of ${places.length}: ${places.map(({ place, copy, state }) => (state === 'read' ? `${place}${copy ? ' (copy)' : ''}` : `[${place}: ${WORDS[state]}]`)).join('; ')}`,
    );
    if (problems.length) say(`      told: ${problems.join('; ')}`);
    all.push(...places);
  }
  const count = (wanted) => all.filter(({ state }) => state === wanted).length;
  const names = (list) => list.map(({ format, place }) => `${format} ${place}`).join(', ');
  const share = count('read') / all.length;
  check('places read', `${count('read')} of ${all.length} (${(share * 100).toFixed(1)} %)`, '≥ 95 %', share >= 0.95);
  const silent = all.filter(({ state }) => state === 'silent');
  check('places neither read nor told', `${silent.length} ${names(silent)}`, 0, silent.length === 0);
  const twice = all.filter((place) => place.twice);
  check('places that would count twice', `${twice.length} ${names(twice)}`, 0, twice.length === 0);
}
