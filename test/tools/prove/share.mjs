/** The corpus share beside the project, against the bounds of the main job: exposed files found, totals of the leak's classes right. */
import { SHARE_FORMATS, scoreShare, shareIsThere } from '../score-share.mjs';

export const summary = 'the corpus share: exposed precision ≥ 0.95, recall ≥ 0.90, classes and persons within 5 %';

export async function prove({ scratch, check, say }) {
  if (!shareIsThere()) {
    say('../shared/corpus/share is not there: skipped');
    return;
  }
  const result = scoreShare(scratch);
  const { run, lines } = result;
  const { exposed, records, persons, files } = result.raw(SHARE_FORMATS);
  check('files without a line', files.missing, 0, files.missing === 0);
  const containers = lines.filter(({ member }) => member === null);
  const paths = new Set(containers.map(({ path }) => path));
  check('each path once', containers.length, paths.size, containers.length === paths.size);
  const examined = Object.values(run.byExamined).reduce((sum, count) => sum + count, 0);
  check(
    'enumerated = sum by examined',
    `${run.enumerated} = ${examined}`,
    'equal',
    run.enumerated === examined && run.enumerated === containers.length,
  );
  check('exposed precision', exposed.precision?.toFixed(3), '≥ 0.95', exposed.precision >= 0.95);
  check('exposed recall', exposed.recall?.toFixed(3), '≥ 0.90', exposed.recall >= 0.9);
  const near = (name, want, got) => check(name, `${got} of ${want}`, 'within 5 %', Math.abs(got - want) <= 0.05 * want);
  for (const name of ['four', 'three', 'two'])
    near(`records: ${name}`, records[name].truth, records[name].scanner + records[name].on_negatives);
  near('persons by pension number', persons.truth_sum, persons.scanner_sum);
}
