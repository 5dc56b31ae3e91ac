/** Has files examined by the workers of a build of the program, each finding told, as `explain` does for one file. For comparing and scoring; nothing is kept. */
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files below a folder as paths from it, sorted; links are not followed. A file alone is its own folder's only one. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(folder).length + 1))
    .sort();
}

/** The parts of a build, `folder` being its checkout. Throws when it is not built, or too different a program. */
export async function loadBuild(folder) {
  const top = resolve(folder);
  const missing = ['bin/mimawari.js', 'dist/src/cli/compose.js'].find((file) => !existsSync(join(top, file)));
  if (missing) throw new Error(`${folder}: no ${missing}; it must be a built checkout`);
  const load = (file) => import(pathToFileURL(join(top, 'dist', 'src', file)).href);
  const [compose, policies, pools] = await Promise.all(['cli/compose.js', 'cli/policy-option.js', 'scan/pool.js'].map(load));
  // Older builds hand contents over as they are.
  const packed = existsSync(join(top, 'dist/src/inventory/packed.js')) ? await load('inventory/packed.js') : null;
  const build = { poolOptions: compose.poolOptions, workerSetup: compose.workerSetup, policyFrom: policies.policyFrom, Pool: pools.Pool };
  for (const [name, part] of Object.entries(build)) if (typeof part !== 'function') throw new Error(`${folder}: this build has no ${name}`);
  return { ...build, contentOf: packed?.unpackContent ?? ((content) => content) };
}

/** Jobs handed out at a time, so that every worker has its next file ready. */
const IN_FLIGHT_A_WORKER = 2;

/**
 * Gives a map of path to content (model.ts). `key`: 32 bytes for the fingerprints, the same for two builds that are compared. `unmask`: values stay in this process;
 * whoever asks for them must not print them.
 */
export async function examineFiles(build, folder, paths, { asOfMs, key = randomBytes(32), unmask = false, dropped = false, workers = 1 }) {
  const setup = build.workerSetup(build.policyFrom({}), key, asOfMs, { all: true, dropped, unmask });
  const contents = new Map();
  let broken = null;
  const pool = new build.Pool(build.poolOptions(setup, workers), {
    persons() {},
    restart() {},
    done: ({ id, content }) => contents.set(paths[id], build.contentOf(content)),
    broken(detail) {
      broken?.(new Error(`${folder}: the workers do not start: ${detail}`));
    },
  });
  const queue = paths.map((path, id) => {
    const full = join(folder, path);
    return { id, path: full, shown: path, name: basename(path), expected: null, sizeBytes: lstatSync(full).size };
  });
  const drain = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await pool.run([job]);
  };
  const failed = new Promise((_, reject) => {
    broken = reject;
  });
  try {
    await Promise.race([failed, Promise.all(Array.from({ length: workers * IN_FLIGHT_A_WORKER }, drain))]);
  } finally {
    pool.close();
  }
  return contents;
}

/** Every finding of a content with the member that it stands in, null for the file's own. */
export function findingsOf(content) {
  const own = content.findings.map((finding) => ({ member: null, ...finding }));
  return [
    ...own,
    ...content.members.flatMap(({ name, content: inner }) => inner.findings.map((finding) => ({ member: name, ...finding }))),
  ];
}
