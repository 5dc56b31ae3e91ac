/**
 * What a sweep tells when it is over: mails to administrators and managers, figures for Prometheus, one line for the log. Nothing here changes how the
 * sweep ended: what can't be told is itself told on standard error.
 */
import { readFileSync } from 'node:fs';
import type { Lang } from '../../detectors/contract.js';
import type { Lost } from '../inventory/recovery.js';
import type { JudgedFile, RunStop } from '../model.js';
import { type ChangeSum, type DepartmentSums, departmentMail, type MailedFile, type Morning, summaryMail } from '../notify/morning-mail.js';
import { type Envelope, type Sent, type SmtpSecrets, sendMails } from '../notify/smtp.js';
import type { ExceptionLine, Pile, RunInfo, RunTotals } from '../parts.js';
import { isOpenViolation } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { Site, Smtp } from '../policy/site.js';
import { UsageError } from '../problem.js';
import type { ChangeCounts, ChangesInput } from '../report/changes.js';
import { showText } from '../report/escape.js';
import { endingTexts, idleTexts } from '../report/exceptions.js';
import { logLine } from '../report/log-line.js';
import { prometheusText } from '../report/prometheus.js';
import type { Manners } from '../report/summary.js';
import { showKey } from '../walk/name.js';
import { changesBetween, runsOfSameRoots, usualBase } from './compare-runs.js';
import type { Inventory } from './compose.js';
import { departmentNotes } from './department-notes.js';
import { DepartmentTally } from './department-tally.js';
import { departmentsFrom } from './departments.js';
import { judgedEntries } from './judged.js';
import type { Given } from './options.js';
import { writeAll, writeReport } from './output.js';
import { codeOf } from './paths.js';
import type { Tally } from './tally.js';
import { singleTargets } from './targets.js';
import { cliWords } from './words.js';

/** Only counts are in it, and the collector is another user. */
export const PROMETHEUS_MODE = 0o644;
/** YYYY-MM-DD, in place of `{date}`. */
const DAY_CHARS = 10;
const NOTHING_SENT: Sent = { sent: 0, failed: [] };

export interface RebuiltInventory {
  readonly file: string;
  readonly lost: Lost;
}

export interface EndedRun {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly stopped: RunStop | null;
  readonly tally: Tally;
  readonly manners: Manners;
  readonly rebuilt: RebuiltInventory | null;
  readonly exitCode: number;
}

/** Never throws for what it tells by; only for a fault of the program. */
export async function tellEnd(
  ended: EndedRun,
  inventory: Inventory,
  policy: Policy,
  site: Site | null,
  given: Given,
  lang: Lang,
): Promise<void> {
  const { run, totals, tally, stopped, manners, rebuilt, exitCode } = ended;
  const mails = given.withoutMail || site?.notify.smtp == null ? null : site.notify;
  if (!mails && given.prometheus === undefined && given.log === undefined) return;
  // Loaded here, because it brings all detectors with it.
  const { createNameMask } = await import('./name-mask.js');
  const masked = createNameMask(policy, run.asOfMs);
  const shown = (file: JudgedFile): MailedFile => ({
    ...file,
    place: masked(run.roots.length > 1 ? `${file.root}/${file.path}` : file.path),
  });
  const exposed = tally.exposed();
  const changes = mails ? changesOf(inventory, run, policy, given) : null;
  const maskedPile = (pile: Pile): Pile =>
    pile.sort === 'folder' ? { ...pile, root: masked(pile.root), folder: masked(pile.folder) } : pile;
  const textsOf = (exceptions: readonly ExceptionLine[]): string[] =>
    [endingTexts, idleTexts].flatMap((texts) => texts(exceptions, mails?.lang ?? lang, masked));
  const notes = departmentNotes(site?.departments ?? [], totals.piles, totals.exceptions);
  const departments = departmentsOf(inventory, run, policy, site, shown, changes).map((sums) => {
    const { piles, exceptions } = notes(sums.name);
    return { ...sums, piles: piles.map(maskedPile), exceptions: textsOf(exceptions) };
  });
  let sent = NOTHING_SENT;
  if (mails && site) {
    const outputs = singleTargets(given).flatMap(({ option, file }) =>
      file === '-' ? [] : [maskedOutput(file, site.outputs[option], masked)],
    );
    const worst = tally.worst().worstFiles.filter(isOpenViolation).map(shown);
    const morning: Morning = {
      run,
      totals: { ...totals, ...(totals.piles && { piles: totals.piles.map(maskedPile) }) },
      exceptions: textsOf(totals.exceptions ?? []),
      changes: changes && sumOf(changes.counts),
      stopped,
      rebuilt:
        rebuilt && cliWords(mails.lang ?? lang).putAside(masked(rebuilt.file), { ...rebuilt.lost, aside: masked(rebuilt.lost.aside) }),
      exposedPersons: exposed.persons,
      worst,
      departments,
      outputs,
    };
    sent = await send(envelopesOf(morning, site, mails.lang ?? lang), site, lang);
  }
  const figures = {
    run,
    totals,
    exitCode,
    exposed,
    manners,
    inventoryRebuilt: rebuilt !== null,
    departments: departments.map((one) => ({ ...one, name: one.name ?? '' })),
    mails: { sent: sent.sent, failed: sent.failed.length },
  };
  if (given.prometheus !== undefined) orTold(lang, () => writeReport(given.prometheus!, [prometheusText(figures)], PROMETHEUS_MODE));
  if (given.log !== undefined) {
    const line = logLine(
      { ...figures, stopped, roots: run.roots.map((root) => showText(masked(showKey(root)))) },
      given.log === 'text' ? 'text' : 'json',
    );
    writeAll(singleTargets(given).some(({ file }) => file === '-') ? 2 : 1, Buffer.from(`${line}\n`));
  }
}

/**
 * The place of a report, masked but for the day that we wrote into its name: only that is no birthdate. `pattern`: as the configuration says it, null
 * where it does not.
 */
export function maskedOutput(file: string, pattern: string | null, masked: (path: string) => string): string {
  const parts = pattern?.split('{date}') ?? [];
  const day = parts.length > 1 ? file.slice(parts[0]!.length, parts[0]!.length + DAY_CHARS) : '';
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(day) || parts.join(day) !== file) return masked(file);
  const shown = masked(pattern!).split('{date}');
  return shown.length === parts.length ? shown.join(day) : masked(file);
}

/** What the mail server needs besides the configuration. Throws UsageError when a file or variable is missing. */
export function secretsOf({ passwordFile, passwordEnv, caFile }: Smtp): SmtpSecrets {
  const missing = (name: string, code: string): UsageError =>
    new UsageError({
      ja: `${name}: メールサーバー用の設定を読めません（${code}）`,
      en: `${name}: can't be read for the mail server (${code})`,
    });
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw missing(file, codeOf(error));
    }
  };
  const variable = passwordEnv === null ? null : process.env[passwordEnv];
  if (variable === undefined) throw missing(passwordEnv ?? '', 'not set');
  const password = passwordFile === null ? variable : read(passwordFile).replace(/\r?\n$/u, '');
  return { password, ca: caFile === null ? null : read(caFile) };
}

function departmentsOf(
  inventory: Inventory,
  run: RunInfo,
  policy: Policy,
  site: Site | null,
  shown: (file: JudgedFile) => MailedFile,
  changes: ChangesInput | null,
): DepartmentSums[] {
  if (!site || site.departments.length === 0) return [];
  const tally = new DepartmentTally(site.departments, policy, inventory.persons);
  for (const judged of judgedEntries(inventory, run.roots, policy, run.asOfMs)) tally.add(judged);
  const byName = new Map(changes?.departments);
  return tally.result(shown).map((sums) => ({ ...sums, changes: changes && sumOf(byName.get(sums.name ?? '')) }));
}

/** Since the run before; null when there is none to compare with. */
function changesOf(inventory: Inventory, run: RunInfo, policy: Policy, given: Given): ChangesInput | null {
  const newest = inventory.runs.find(run.id)!;
  const runs = runsOfSameRoots(inventory, newest);
  const base = usualBase(runs, newest);
  return base && changesBetween(inventory, policy, { runs, newest, base, departments: departmentsFrom(given, newest.roots) });
}

function sumOf(counts: ChangeCounts | undefined): ChangeSum {
  return counts ? { fresh: counts.new + counts.recurred, resolved: counts.resolved } : { fresh: 0, resolved: 0 };
}

function envelopesOf(morning: Morning, { notify, departments }: Site, lang: Lang): Envelope[] {
  const { openViolations, notExamined, piles = [], exceptions = [] } = morning.totals;
  // What ends soon excuses violations as yet: nothing else would announce it.
  const ending = exceptions.filter(({ state }) => state === 'expiring').length;
  const isWanted = (count: number): boolean => notify.when === 'always' || count > 0 || !morning.run.complete;
  const envelopes: Envelope[] = [];
  if (notify.administrators.length > 0 && isWanted(openViolations + notExamined + piles.length + ending))
    envelopes.push({ to: notify.administrators, mail: summaryMail(morning, lang) });
  if (!notify.departments) return envelopes;
  for (const own of morning.departments) {
    const { name } = own;
    const manager = departments.find((department) => department.name === name)?.manager;
    if (name === null || !manager || !isWanted(own.violations + own.notExamined + (own.piles?.length ?? 0))) continue;
    envelopes.push({ to: [manager], mail: departmentMail({ ...own, name }, morning, lang) });
  }
  return envelopes;
}

export async function send(envelopes: readonly Envelope[], site: Site, lang: Lang): Promise<Sent> {
  const { smtp, lang: mailLang } = site.notify;
  if (!smtp || envelopes.length === 0) return NOTHING_SENT;
  let sent: Sent;
  try {
    sent = await sendMails(envelopes, smtp, secretsOf(smtp), mailLang ?? lang);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    writeAll(2, Buffer.from(`mimawari: ${showText(error.told[lang])}\n`));
    sent = { sent: 0, failed: envelopes.map(() => 'secret') };
  }
  if (sent.failed.length > 0) {
    const server = `${smtp.host}:${smtp.port}`;
    writeAll(
      2,
      Buffer.from(
        `mimawari: ${cliWords(lang).mailFailed(sent.failed.length, envelopes.length, server, [...new Set(sent.failed)].join(', '))}\n`,
      ),
    );
  }
  return sent;
}

export function orTold(lang: Lang, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    writeAll(2, Buffer.from(`mimawari: ${showText(error.told[lang])}\n`));
  }
}
