/** `mimawari scan --dry-run`: what a sweep would walk. */
import type { Lang } from '../../detectors/contract.js';
import type { Policy } from '../policy/policy.js';
import { walk } from '../walk/walk.js';
import { writeAll } from './output.js';
import { cliWords } from './words.js';

/** What would be walked: counts of entries and bytes, and what the patterns leave out. No file is opened, nothing is kept. */
export function dryRun(roots: readonly string[], policy: Policy, lang: Lang): number {
  const excluded = new Map<string, number>();
  const sums = { folders: 0, files: 0, links: 0, special: 0, unread: 0, bytes: 0 };
  for (const listing of walk(roots, { include: policy.include, exclude: policy.exclude, excluded })) {
    sums.folders++;
    if (listing.problem) sums.unread++;
    for (const entry of listing.entries) {
      if (entry.sort === 'file') {
        sums.files++;
        sums.bytes += entry.stat?.sizeBytes ?? 0;
      } else if (entry.sort === 'link') sums.links++;
      else if (entry.sort === 'special') sums.special++;
      else if (entry.problem) sums.unread++;
    }
  }
  writeAll(1, Buffer.from(cliWords(lang).dryRun(sums, Object.fromEntries(excluded))));
  return sums.unread > 0 ? 3 : 0;
}
