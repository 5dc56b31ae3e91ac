/**
 * The configuration of a site: what is swept, whose folder is whose, where results go and who is told. Plain data; reading it from a file is
 * site-file.ts. The policy stands in the same file and is read with it, but is a thing of its own (policy.ts): only it decides verdicts.
 */
import type { Lang } from '../../detectors/contract.js';
import type { Pace } from '../parts.js';

export interface Department {
  /** Each name once. */
  readonly name: string;
  /** Globs on the path below a root (micromatch syntax), any root; one must match. */
  readonly paths: readonly string[];
  /** Mail address of whoever answers for its folders; null: nobody is written to. */
  readonly manager: string | null;
}

export const PRIORITIES = ['low', 'normal'] as const satisfies readonly Pace['priority'][];

export const SECURITIES = ['starttls', 'tls', 'none'] as const;

export interface Smtp {
  readonly host: string;
  readonly port: number;
  /** `starttls`: begins in the clear and must change to TLS (RFC 3207); `tls`: TLS from the first byte (RFC 8314). */
  readonly security: (typeof SECURITIES)[number];
  readonly user: string | null;
  /** Where the password stands; it is never in the configuration itself. */
  readonly passwordFile: string | null;
  readonly passwordEnv: string | null;
  /** PEM file of the authority that signed the server's certificate, where it is an organisation's own. */
  readonly caFile: string | null;
  readonly from: string;
}

export interface Notify {
  readonly smtp: Smtp | null;
  readonly administrators: readonly string[];
  /** Whether managers of departments get their own rows; null, which is no, where nothing is said. */
  readonly departments: boolean | null;
  /** `findings`: only when something is in violation or could not be examined, more persons are in one place than is allowed, an exception ends soon, or the sweep did not reach its end. */
  readonly when: 'always' | 'findings';
  readonly lang: Lang | null;
}

/** Places; `{date}` is the local day on which the sweep began, YYYY-MM-DD. Null: not written. */
export interface Outputs {
  readonly csv: string | null;
  readonly jsonl: string | null;
  readonly xlsx: string | null;
  readonly html: string | null;
  /** A folder for a CSV of each department. */
  readonly byDepartment: string | null;
  /** Of the CSV; null: UTF-8. */
  readonly encoding: Encoding | null;
  /** The private key by which manifests are signed. */
  readonly sign: string | null;
  /** A file for the text file collector of Prometheus' node_exporter; its name ends in `.prom`. */
  readonly prometheus: string | null;
  /** One line a run on standard output in place of the summary. */
  readonly log: LogForm | null;
}

export const ENCODINGS = ['utf-8', 'cp932'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const LOG_FORMS = ['json', 'text'] as const;
export type LogForm = (typeof LOG_FORMS)[number];

/** File names are absolute: relative ones in the file count from its own folder. */
export interface Site {
  readonly roots: readonly string[];
  readonly inventory: string | null;
  readonly key: string | null;
  readonly passwords: string | null;
  readonly ocr: boolean;
  /** Each file is read at least once in so many days, changed or not; null: only when it changed. */
  readonly rereadAfterDays: number | null;
  /** When a sweep ends, done or not, as `--until` takes it; null: when it is done. */
  readonly until: string | null;
  /** Reading processes; null: one a core. */
  readonly workers: number | null;
  readonly lang: Lang | null;
  readonly departments: readonly Department[];
  readonly outputs: Outputs;
  readonly notify: Notify;
  readonly pace: Pace;
}

export const NO_NOTIFY: Notify = { smtp: null, administrators: [], departments: null, when: 'always', lang: null };
export const NO_OUTPUTS: Outputs = {
  csv: null,
  jsonl: null,
  xlsx: null,
  html: null,
  byDepartment: null,
  encoding: null,
  sign: null,
  prometheus: null,
  log: null,
};

/** What a command line without a configuration does: as fast as it can, but not on when the server labours. */
export const FULL_PACE: Pace = { filesPerSecond: null, bytesPerSecond: null, priority: 'normal', backOff: true };

/** A configured sweep runs unattended beside the users of the server: what is not written is low in priority. */
export const DEFAULT_SITE: Site = {
  roots: [],
  inventory: null,
  key: null,
  passwords: null,
  ocr: false,
  rereadAfterDays: null,
  until: null,
  workers: null,
  lang: null,
  departments: [],
  outputs: NO_OUTPUTS,
  notify: NO_NOTIFY,
  pace: { ...FULL_PACE, priority: 'low' },
};
