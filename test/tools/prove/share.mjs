/** The corpus share beside the project, once as it is and once with its scans read: exposed files, classes and persons against its truth. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scoreShare, shareIsThere } from '../score-share.mjs';

export const summary =
  'the corpus share, without OCR and with it: no exposed file missed or made up, totals of records and persons within 1 %';

const CLASSES = ['four', 'three', 'two', 'other'];

export async function prove({ scratch, check, say }) {
  if (!shareIsThere()) {
    say('../shared/corpus/share is not there: skipped');
    return;
  }
  for (const ocr of [false, true]) {
    say(ocr ? 'with --ocr' : 'without OCR');
    const folder = join(scratch, ocr ? 'ocr' : 'plain');
    mkdirSync(folder);
    const { raw, run, lines } = scoreShare(folder, 20, [], ocr);
    const { exposed, detection, records, persons, files } = raw(null);
    const containers = lines.filter(({ member }) => member === null);
    const examined = Object.values(run.byExamined).reduce((sum, count) => sum + count, 0);
    check('files without a line', files.missing, 0, files.missing === 0);
    const paths = new Set(containers.map(({ path }) => path)).size;
    check(
      'lines, paths, enumerated, sum of examined',
      [containers.length, paths, run.enumerated, examined].join(' '),
      'all equal',
      new Set([containers.length, paths, run.enumerated, examined]).size === 1,
    );
    check('files with pension data: wrong, missed', `${detection.fp}, ${detection.fn}`, '0, 0', detection.fp + detection.fn === 0);
    check('exposed: wrong, missed', `${exposed.fp}, ${exposed.fn}`, '0, 0', exposed.fp + exposed.fn === 0);
    // A scan's letters are misread here and there: its records are told, not bound.
    const within = (truth, got) => Math.abs(got - truth) <= 0.01 * truth;
    for (const name of CLASSES) {
      const { truth, scanner, on_negatives: negatives } = records[name];
      const counted = scanner + negatives;
      if (ocr) say(`records: ${name}: ${counted} of ${truth}`);
      else
        check(
          `records: ${name}`,
          `${counted} of ${truth}`,
          name === 'other' ? 'within 1 or 1 %' : 'within 1 %',
          within(truth, counted) || (name === 'other' && Math.abs(counted - truth) <= 1),
        );
    }
    const { truth_sum: truth, scanner_sum: counted } = persons;
    if (ocr) say(`persons by pension number: ${counted} of ${truth}`);
    else check('persons by pension number', `${counted} of ${truth}`, 'within 1 %', within(truth, counted));
    const unread = containers.filter(({ problems }) => problems.some(({ code }) => code === 'needs-ocr')).map(({ path }) => path);
    say(`told as needs-ocr: ${unread.length}${unread.length > 0 ? `: ${unread.join(', ')}` : ''}`);
  }
}
