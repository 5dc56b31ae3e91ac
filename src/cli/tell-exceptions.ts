/** Says on standard error which exceptions end soon, have ended, or fit nothing. It may go into a log, so paths are masked as there. */
import type { Lang } from '../../detectors/contract.js';
import type { RunTotals } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import { endingTexts, idleTexts } from '../report/exceptions.js';
import type { Given } from './options.js';
import { writeAll } from './output.js';

export async function tellExceptions(
  { exceptions }: Pick<RunTotals, 'exceptions'>,
  policy: Policy,
  asOfMs: number,
  given: Pick<Given, 'quiet'>,
  lang: Lang,
): Promise<void> {
  if (given.quiet === true || !exceptions) return;
  const masked = await nameMask(policy, asOfMs);
  for (const text of [...idleTexts(exceptions, lang, masked), ...endingTexts(exceptions, lang, masked)])
    writeAll(2, Buffer.from(`mimawari: ${text}\n`));
}

/** What stands on standard error goes into the log of the night. Loaded when it is needed, because it brings all detectors with it. */
export async function nameMask(policy: Policy, asOfMs: number): Promise<(path: string) => string> {
  const { createNameMask } = await import('./name-mask.js');
  return createNameMask(policy, asOfMs);
}
