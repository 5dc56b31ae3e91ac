/**
 * A site's configuration file (YAML) to its settings and its policy. One file, one look: the keys of a policy stand at its top level beside those of
 * the site, so that every policy file is a configuration already; everything is checked before any file is read, and all faults are told at once.
 */
import type { Pace } from '../parts.js';
import type { Policy } from './policy.js';
import { type KeyReader, policyOf, readKeys, type Writable } from './policy-file.js';
import { itemsOf, mapOf, PolicyFaults, type PolicyNode, readEach, readOne, truthOf, wordIn } from './policy-nodes.js';
import { departmentsOfRules } from './policy-rules.js';
import { globOf, type Value } from './policy-values.js';
import {
  DEFAULT_SITE,
  type Department,
  ENCODINGS,
  LOG_FORMS,
  NO_NOTIFY,
  NO_OUTPUTS,
  type Notify,
  type Outputs,
  PRIORITIES,
  SECURITIES,
  type Site,
  type Smtp,
} from './site.js';
import { inFolder, samePlaces } from './site-places.js';
import {
  addressOf,
  byteRateOf,
  clockTimeOf,
  countIn,
  fileRateOf,
  hostOf,
  outputOf,
  placeOf,
  promOf,
  senderOf,
  variableOf,
} from './site-values.js';

export const WORKERS_MAX = 256;
/** Ten years: beyond it the round would not end before the inventory is begun anew. */
const REREAD_DAYS_MAX = 3_660;
const OCCASIONS = ['always', 'findings'] as const;
const LANGS = ['ja', 'en'] as const;
/** Ports of RFC 6409 (submission) and RFC 8314 (submission over TLS); without TLS that of a relay. */
const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

const NOTIFY_KEYS: Readonly<Record<string, KeyReader<Notify>>> = {
  smtp: (node, notify, faults) => {
    notify.smtp = smtpOf(node, faults);
  },
  administrators: (node, notify, faults) => {
    notify.administrators = readEach(node, faults, addressOf);
  },
  departments: (node, notify, faults) => {
    notify.departments = truthOf(node, faults);
  },
  when: (node, notify, faults) => {
    notify.when = readOne(node, faults, wordIn(OCCASIONS, '値', 'value'))?.value ?? notify.when;
  },
  lang: (node, notify, faults) => {
    notify.lang = readOne(node, faults, wordIn(LANGS, '言語', 'language'))?.value ?? null;
  },
};

const OUTPUT_KEYS: Readonly<Record<string, KeyReader<Outputs>>> = {
  csv: (node, outputs, faults) => {
    outputs.csv = readOne(node, faults, outputOf)?.value ?? null;
  },
  jsonl: (node, outputs, faults) => {
    outputs.jsonl = readOne(node, faults, outputOf)?.value ?? null;
  },
  xlsx: (node, outputs, faults) => {
    outputs.xlsx = readOne(node, faults, outputOf)?.value ?? null;
  },
  html: (node, outputs, faults) => {
    outputs.html = readOne(node, faults, outputOf)?.value ?? null;
  },
  byDepartment: (node, outputs, faults) => {
    outputs.byDepartment = readOne(node, faults, outputOf)?.value ?? null;
  },
  encoding: (node, outputs, faults) => {
    outputs.encoding = readOne(node, faults, wordIn(ENCODINGS, '文字コード', 'encoding'))?.value ?? null;
  },
  sign: (node, outputs, faults) => {
    outputs.sign = readOne(node, faults, placeOf)?.value ?? null;
  },
  prometheus: (node, outputs, faults) => {
    outputs.prometheus = readOne(node, faults, promOf)?.value ?? null;
  },
  log: (node, outputs, faults) => {
    outputs.log = readOne(node, faults, wordIn(LOG_FORMS, '値', 'form'))?.value ?? null;
  },
};

const PACE_KEYS: Readonly<Record<string, KeyReader<Pace>>> = {
  filesPerSecond: (node, pace, faults) => {
    pace.filesPerSecond = readOne(node, faults, fileRateOf)?.value ?? null;
  },
  bytesPerSecond: (node, pace, faults) => {
    pace.bytesPerSecond = readOne(node, faults, byteRateOf)?.value ?? null;
  },
  priority: (node, pace, faults) => {
    pace.priority = readOne(node, faults, wordIn(PRIORITIES, '値', 'priority'))?.value ?? pace.priority;
  },
  backOff: (node, pace, faults) => {
    pace.backOff = truthOf(node, faults) ?? pace.backOff;
  },
};

const SITE_KEYS: Readonly<Record<string, KeyReader<Site>>> = {
  roots: (node, site, faults) => {
    site.roots = readEach(node, faults, placeOf);
  },
  inventory: (node, site, faults) => {
    site.inventory = readOne(node, faults, placeOf)?.value ?? null;
  },
  key: (node, site, faults) => {
    site.key = readOne(node, faults, placeOf)?.value ?? null;
  },
  passwords: (node, site, faults) => {
    site.passwords = readOne(node, faults, placeOf)?.value ?? null;
  },
  ocr: (node, site, faults) => {
    site.ocr = truthOf(node, faults) ?? false;
  },
  rereadAfter: (node, site, faults) => {
    site.rereadAfterDays = readOne(node, faults, countIn(1, REREAD_DAYS_MAX))?.value ?? null;
  },
  until: (node, site, faults) => {
    site.until = readOne(node, faults, clockTimeOf)?.value ?? null;
  },
  workers: (node, site, faults) => {
    site.workers = readOne(node, faults, countIn(1, WORKERS_MAX))?.value ?? null;
  },
  lang: (node, site, faults) => {
    site.lang = readOne(node, faults, wordIn(LANGS, '言語', 'language'))?.value ?? null;
  },
  departments: (node, site, faults) => {
    site.departments = departmentsOf(node, faults);
  },
  outputs: (node, site, faults) => {
    site.outputs = readKeys(node, OUTPUT_KEYS, NO_OUTPUTS, faults);
  },
  notify: (node, site, faults) => {
    site.notify = readKeys(node, NOTIFY_KEYS, NO_NOTIFY, faults);
    const { smtp, administrators, departments } = site.notify;
    if (smtp === null && (administrators.length > 0 || departments === true))
      faults.add(node, { ja: 'メールを出すサーバー（smtp）がありません', en: '"smtp" is missing: there is no server to send mails by' });
  },
  limits: (node, site, faults) => {
    site.pace = readKeys(node, PACE_KEYS, DEFAULT_SITE.pace, faults);
  },
};

/** A configuration as it was read, faults or not: what has one keeps its default. */
export interface SiteReading {
  readonly site: Site;
  readonly policy: Policy;
  readonly faults: PolicyFaults;
}

/**
 * Reads the text of a configuration; what is not written keeps its default. `fileName` stands in the messages; relative places in it count from
 * `folder`, so that a scheduler's working directory does not matter. Throws UsageError with one line for each fault: `file:line:column: what is wrong`.
 */
export function readSite(text: string, fileName: string, folder: string): { readonly site: Site; readonly policy: Policy } {
  const { site, policy, faults } = lookAtSite(text, fileName, folder);
  faults.throwIfAny();
  return { site, policy };
}

/** The same with its faults noted and not thrown, for whoever has more to find. Throws UsageError only for a text that is no configuration at all. */
export function lookAtSite(text: string, fileName: string, folder: string): SiteReading {
  const faults = new PolicyFaults(fileName);
  const top = faults.parse(text);
  const written: Writable<Site> = { ...DEFAULT_SITE };
  const readers = Object.entries(SITE_KEYS).map(([key, read]) => [key, (node: PolicyNode) => read(node, written, faults)] as const);
  const read = policyOf(top, faults, Object.fromEntries(readers));
  const policy = { ...read, departments: departmentsOfRules(read.retention, written.departments, faults) };
  const site = inFolder(written, folder);
  for (const { path, told } of samePlaces(site)) faults.add(faults.at(...path), told);
  return { site, policy, faults };
}

function departmentsOf(node: PolicyNode, faults: PolicyFaults): Department[] {
  const seen = new Set<string>();
  return itemsOf(node).flatMap((item) => {
    const found = mapOf(item, ['name', 'paths', 'manager'], faults, ['name', 'paths']);
    if (found === null) return [];
    const name = readValue(found.get('name'), faults, placeOf) ?? '';
    if (seen.has(name))
      faults.add(item, { ja: `部署「${name}」がもう一度書かれています`, en: `department "${name}" stands here a second time` });
    seen.add(name);
    const paths = readEach(found.get('paths') ?? null, faults, globOf);
    if (found.has('paths') && itemsOf(found.get('paths') ?? null).length === 0)
      faults.add(item, {
        ja: '「paths」が空なので、この部署には何も入りません',
        en: '"paths" is empty, so nothing belongs to this department',
      });
    return [{ name, paths, manager: readValue(found.get('manager'), faults, addressOf) ?? null }];
  });
}

function smtpOf(node: PolicyNode, faults: PolicyFaults): Smtp {
  const keys = ['host', 'port', 'security', 'user', 'passwordFile', 'passwordEnv', 'caFile', 'from'];
  const found = mapOf(node, keys, faults, ['host', 'from']);
  const read = <T>(key: string, as: (text: string) => Value<T>): T | null => readValue(found?.get(key), faults, as) ?? null;
  const security = read('security', wordIn(SECURITIES, '方式', 'kind of security')) ?? 'starttls';
  const smtp: Smtp = {
    host: read('host', hostOf) ?? '',
    port: read('port', countIn(1, 65_535)) ?? PORTS[security],
    security,
    user: read('user', placeOf),
    passwordFile: read('passwordFile', placeOf),
    passwordEnv: read('passwordEnv', variableOf),
    caFile: read('caFile', placeOf),
    from: read('from', senderOf) ?? '',
  };
  if (found === null) return smtp;
  const passwords = [smtp.passwordFile, smtp.passwordEnv].filter((one) => one !== null).length;
  if (passwords > 1)
    faults.add(node, {
      ja: 'passwordFile と passwordEnv は、どちらか一つにしてください',
      en: 'give passwordFile or passwordEnv, not both',
    });
  if (smtp.user === null ? passwords > 0 : passwords === 0)
    faults.add(node, {
      ja: 'user と、passwordFile か passwordEnv は、あわせて書いてください',
      en: '"user" goes together with passwordFile or passwordEnv',
    });
  if (smtp.security === 'none' && smtp.user !== null)
    faults.add(node, {
      ja: 'security: none ではパスワードがそのまま流れます。starttls か tls にするか、user を外してください',
      en: 'with "security: none" the password would go in the clear; use starttls or tls, or leave out "user"',
    });
  return smtp;
}

function readValue<T>(node: PolicyNode | undefined, faults: PolicyFaults, as: (text: string) => Value<T>): T | undefined {
  return node === null || node === undefined ? undefined : readOne(node, faults, as)?.value;
}
