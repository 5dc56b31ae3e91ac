/** Which language to speak, and whether standard output and standard error are a person's terminal. */
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';

/** `--lang`, else the locale of the environment, else that of the system. Throws UsageError for another language. */
export function chooseLang(option: string | undefined): Lang {
  if (option !== undefined) {
    if (option === 'ja' || option === 'en') return option;
    throw new UsageError({ ja: `--lang ${option}: ja か en を指定してください`, en: `--lang ${option}: give ja or en` });
  }
  return localeLang();
}

/** The language of the environment, which is also that of a complaint about `--lang` itself. */
export function localeLang(): Lang {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const named = LC_ALL || LC_MESSAGES || LANG;
  const locale =
    named && named !== 'C' && named !== 'POSIX'
      ? named
      : process.platform === 'win32'
        ? Intl.DateTimeFormat().resolvedOptions().locale
        : 'en';
  return locale.startsWith('ja') ? 'ja' : 'en';
}

/** Colours only for a terminal, and never when NO_COLOR is set (no-color.org). */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}
