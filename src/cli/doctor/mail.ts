/** Whether the mail server answers. It sends no mail. */
import type { Lang } from '../../../detectors/contract.js';
import type { Site } from '../../policy/site.js';
import type { Line } from './line.js';

export async function lookAtMail(_site: Site, _lang: Lang): Promise<Line[]> {
  return [];
}
