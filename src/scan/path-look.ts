/** Looks at a path for findings, which may say as much as a file: 山田太郎_1234-567890.xlsx. It opens nothing. */
import type { Detectors } from '../../detectors/run.js';
import type { Notes } from '../../detectors/trace.js';
import { createRelation } from '../records/relate.js';
import type { FileFindings, FindingWishes } from './findings.js';

export interface PathParts {
  readonly detectors: Detectors;
  readonly wishes: FindingWishes;
}

/** Names of folders and files in which nothing was found, and what was noted of them: a folder's name comes again with every file in it. */
const barrenBy = new WeakMap<Detectors, Map<string, Notes>>();
const BARREN_NAMES_MAX = 5_000;

/** Adds what stands in the parts of a path, the last without its extension. True when that was anything. */
export function lookAtPath(shown: string, findings: FileFindings, { detectors, wishes }: PathParts): boolean {
  const before = total(findings);
  const { trace } = detectors;
  trace.text(shown);
  const barrenNames = barrenBy.get(detectors) ?? new Map<string, Notes>();
  barrenBy.set(detectors, barrenNames);
  for (const name of shown.replace(/\.[A-Za-z0-9]{1,5}$/u, '').split('/')) {
    const barren = barrenNames.get(name);
    if (barren !== undefined) {
      trace.add(barren);
      continue;
    }
    const sofar = total(findings);
    const notes = trace.during(() => {
      const relation = createRelation(detectors, findings);
      relation.block({ kind: 'text', where: { part: 'path' }, text: name.replaceAll('_', ' ') });
      relation.finish();
    });
    if (total(findings) === sofar && !wishes.dropped && barrenNames.size < BARREN_NAMES_MAX) barrenNames.set(name, notes);
  }
  return total(findings) > before;
}

function total(findings: FileFindings): number {
  return findings.examples.length + findings.recordsSeen;
}
