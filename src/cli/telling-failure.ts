/** What is told of a sweep that could not begin or broke off before its report, besides the sentence on standard error: silence would be taken for "nothing found". */
import type { Lang } from '../../detectors/contract.js';
import { inventoryTrouble } from '../inventory/opening-failure.js';
import { Store } from '../inventory/store.js';
import { failureMail } from '../notify/morning-mail.js';
import { DEFAULT_POLICY } from '../policy/policy.js';
import { ProgramFault, UsageError } from '../problem.js';
import { failureLine } from '../report/log-line.js';
import { failurePrometheusText } from '../report/prometheus.js';
import type { Given } from './options.js';
import { writeAll, writeReport } from './output.js';
import { isThere, refuseBelowRoots } from './paths.js';
import { policyFrom, tellingSite, withSettings } from './policy-option.js';
import { checkLog, checkPrometheus, keptFiles, singleTargets } from './targets.js';
import { orTold, PROMETHEUS_MODE, send } from './telling.js';
import { programVersion } from './version.js';
import { cliWords } from './words.js';

/**
 * Never throws but for a fault of the program. `folders`: those of the command line, below which nothing is written; `command`: its options. Of a configuration with
 * faults only the parts without one are used; where its roots are not known for certain, figures only take the place of older ones.
 */
export async function tellFailure(
  error: unknown,
  folders: readonly string[],
  startedMs: number,
  command: Given,
  lang: Lang,
): Promise<void> {
  if (command.dryRun) return;
  const telling = tellingSite(command);
  const site = telling?.site ?? null;
  const given = site === null ? command : withSettings(command, site, ['inventory', 'key', 'prometheus', 'log']);
  const told = toldOf(error);
  const roots = folders.length > 0 ? folders : (site?.roots ?? []);
  const knowsRoots = folders.length > 0 || telling === null || telling.knowsRoots || command.prometheus !== undefined;
  const logs = given.log !== undefined && orNull(() => checkLog(given)) !== null;
  const exposes = given.prometheus !== undefined && orNull(() => checkFigures(given, roots, knowsRoots)) !== null;
  const mails = !given.withoutMail && site?.notify.smtp && site.notify.administrators.length > 0;
  if (!logs && !exposes && !mails) return;
  // Loaded here, because it brings all detectors with it.
  const { createNameMask } = await import('./name-mask.js');
  const masked = createNameMask(orNull(() => policyFrom(given)) ?? DEFAULT_POLICY, startedMs);
  if (logs || exposes) {
    const failed = { startedMs, endedMs: Date.now(), version: programVersion(), exitCode: told.exitCode, why: masked(told.text(lang)) };
    if (exposes) orTold(lang, () => writeReport(given.prometheus!, [failurePrometheusText(failed)], PROMETHEUS_MODE));
    if (logs) {
      const line = failureLine(failed, given.log === 'text' ? 'text' : 'json');
      writeAll(singleTargets(given).some(({ file }) => file === '-') ? 2 : 1, Buffer.from(`${line}\n`));
    }
  }
  if (!mails) return;
  const mailLang = site.notify.lang ?? lang;
  const mail = failureMail(masked(told.text(mailLang)), Date.now(), mailLang);
  await send([{ to: site.notify.administrators, mail }], site, lang);
}

/** As main.ts tells it, without the places of the program. */
function toldOf(error: unknown): { readonly exitCode: 2 | 70; text(lang: Lang): string } {
  if (error instanceof UsageError) return { exitCode: 2, text: (lang) => error.told[lang] };
  const trouble = inventoryTrouble(error, Store.lastOpened);
  if (trouble) return { exitCode: 2, text: (lang) => cliWords(lang)[trouble] };
  if (error instanceof ProgramFault) return { exitCode: 70, text: (lang) => error.told[lang] };
  return { exitCode: 70, text: (lang) => cliWords(lang).fault };
}

function checkFigures(given: Given, folders: readonly string[], knowsRoots: boolean): true | null {
  if (!knowsRoots && !isThere(given.prometheus!)) return null;
  refuseBelowRoots(given.prometheus!, 'report', folders);
  checkPrometheus(given, keptFiles(given));
  return true;
}

/** Null when it can't be had: what is wrong is told already, or is not what keeps the sweep from running. */
function orNull<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
