/** Whether the mail server answers. It sends no mail. */
import type { Lang } from '../../../detectors/contract.js';
import { checkServer } from '../../notify/smtp.js';
import type { Site } from '../../policy/site.js';
import { UsageError } from '../../problem.js';
import { secretsOf } from '../telling.js';
import type { Line } from './line.js';
import { doctorWords } from './words.js';

export async function lookAtMail({ notify: { smtp } }: Site, lang: Lang): Promise<Line[]> {
  if (!smtp) return [];
  const say = doctorWords(lang);
  const server = `${smtp.host}:${smtp.port}`;
  let why: string | null;
  try {
    why = await checkServer(smtp, secretsOf(smtp));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    why = error.told[lang];
  }
  // A sweep examines everything all the same: it is a warning.
  return [
    why === null ? { check: 'mail', mark: 'ok', ...say.mail(server) } : { check: 'mail', mark: 'warn', ...say.mailFails(server, why) },
  ];
}
