/** The places that a site's configuration names: counted from its folder, no two outputs at one, and the parts that can be used though others have faults. Pure. */
import { isAbsolute, join, normalize } from 'node:path';
import type { FaultAt, PolicyFaults } from './policy-nodes.js';
import { NO_NOTIFY, NO_OUTPUTS, type Site } from './site.js';

/** Files and folders that a sweep writes, by the path of their key. */
export const WRITTEN = [
  ['inventory'],
  ['key'],
  ['outputs', 'csv'],
  ['outputs', 'jsonl'],
  ['outputs', 'xlsx'],
  ['outputs', 'html'],
  ['outputs', 'byDepartment'],
  ['outputs', 'prometheus'],
] as const;
/** Those that it only reads. */
const READ = [['passwords'], ['outputs', 'sign']] as const;

export type PlaceKey = (typeof WRITTEN)[number] | (typeof READ)[number];

/** What stands there; null where nothing is written. */
export function placeAt(site: Site, [key, name]: PlaceKey): string | null {
  return key === 'outputs' ? site.outputs[name] : site[key];
}

/** The places of one configuration that are named twice: one would be lost to the other. Each at the second. */
export function samePlaces(site: Site): FaultAt[] {
  const all = [...WRITTEN, ...READ].flatMap((path) => {
    const place = placeAt(site, path);
    return place === null ? [] : [{ path, place }];
  });
  return all.flatMap(({ path, place }, at) => {
    const other = all.slice(0, at).find((one) => one.place === place);
    if (!other) return [];
    const [one, two] = [other.path.join('.'), path.join('.')];
    return [
      {
        path,
        told: {
          ja: `${one} と ${two} が同じ場所です。別々の名前にしてください`,
          en: `${one} and ${two} name the same place; choose another`,
        },
      },
    ];
  });
}

/** With each place counted from `folder`. */
export function inFolder(site: Site, folder: string): Site {
  const place = <T extends string | null>(file: T): T =>
    file === null ? file : (normalize(isAbsolute(file) ? file : join(folder, file)) as T);
  const { outputs, notify, roots, inventory, key, passwords } = site;
  const { smtp } = notify;
  return {
    ...site,
    roots: roots.map((root) => (isAbsolute(root) ? root : place(root))),
    inventory: place(inventory),
    key: place(key),
    passwords: place(passwords),
    outputs: {
      ...outputs,
      csv: place(outputs.csv),
      jsonl: place(outputs.jsonl),
      xlsx: place(outputs.xlsx),
      html: place(outputs.html),
      byDepartment: place(outputs.byDepartment),
      sign: place(outputs.sign),
      prometheus: place(outputs.prometheus),
    },
    notify: smtp === null ? notify : { ...notify, smtp: { ...smtp, passwordFile: place(smtp.passwordFile), caFile: place(smtp.caFile) } },
  };
}

/**
 * By what a night that can't run is told, of a configuration that may have faults: nothing in which one was noted, or that follows a slip of syntax.
 * Addresses are kept one by one.
 */
export function tellingParts(site: Site, faults: PolicyFaults): Site {
  const sound = <T>(value: T, ...path: FaultAt['path']): T | null => (faults.isSound(...path) ? value : null);
  return {
    ...site,
    lang: sound(site.lang, 'lang'),
    outputs: {
      ...NO_OUTPUTS,
      prometheus: sound(site.outputs.prometheus, 'outputs', 'prometheus'),
      log: sound(site.outputs.log, 'outputs', 'log'),
    },
    notify: {
      ...NO_NOTIFY,
      smtp: sound(site.notify.smtp, 'notify', 'smtp'),
      administrators: faults.isWhole('notify', 'administrators') ? site.notify.administrators : [],
      lang: sound(site.notify.lang, 'notify', 'lang'),
    },
  };
}
