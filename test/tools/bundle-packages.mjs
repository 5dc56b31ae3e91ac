/** Gets the files of packages as the registry gives them, checked by the sums of package-lock.json: from node_modules nothing is taken, which may have been changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Names of packages as package-lock.json has them, with all that they need; what only other systems need is left to `native`. */
export function closureOf(lock, names, native = []) {
  const found = new Map();
  const visit = (name, from) => {
    const place = placeOf(lock, name, from);
    if (place === null || found.has(place)) return;
    const entry = lock.packages[place];
    found.set(place, {
      place,
      /** Under which the program asks for it. */
      alias: name,
      name: entry.name ?? name,
      /** Places of what it needs itself. */
      needs: [],
      version: entry.version,
      integrity: entry.integrity,
      licence: entry.license ?? null,
    });
    const optional = Object.keys(entry.optionalDependencies ?? {}).filter((needed) => native.includes(needed));
    for (const needed of [...Object.keys(entry.dependencies ?? {}), ...optional]) {
      visit(needed, place);
      const at = placeOf(lock, needed, place);
      if (at !== null) found.get(place).needs.push(at);
    }
  };
  for (const name of names) visit(name, '');
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** Where Node would find it: beside what asks for it, or further up. */
function placeOf(lock, name, from) {
  for (let base = from; ; base = base.includes('/node_modules/') ? base.slice(0, base.lastIndexOf('/node_modules/')) : '') {
    const place = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (place in lock.packages) return place;
    if (base === '') return null;
  }
}

/** Path below the package's folder → bytes. Throws Error when it can't be had or is not what the sum says. */
export function filesOf({ name, version, integrity }, cache) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (!existsSync(file))
    spawnSync('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(file)) throw new Error(`${name}@${version} could not be fetched`);
  const bytes = readFileSync(file);
  const [algorithm, sum] = integrity.split('-');
  if (createHash(algorithm).update(bytes).digest('base64') !== sum) throw new Error(`${file} is not what its sum says`);
  return untar(gunzipSync(bytes));
}

/** Files of a ustar archive with GNU or pax names, without their first folder. */
function untar(bytes) {
  const files = new Map();
  const text = (at, length) => bytes.toString('utf8', at, at + length).replace(/\0.*$/su, '');
  let longName = null;
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim(), 8);
    const prefix = text(at + 257, 5) === 'ustar' ? text(at + 345, 155) : '';
    const type = String.fromCharCode(bytes[at + 156]);
    const content = bytes.subarray(at + 512, at + 512 + size);
    const name = longName ?? (prefix ? `${prefix}/` : '') + text(at, 100);
    longName = null;
    if (type === 'L') longName = content.toString('utf8').replace(/\0.*$/su, '');
    else if (type === 'x') longName = /^\d+ path=(.*)$/mu.exec(content.toString('utf8'))?.[1] ?? null;
    else if (type === '0' || type === '\0') files.set(name.slice(name.indexOf('/') + 1), content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
