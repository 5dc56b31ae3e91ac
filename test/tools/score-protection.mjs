/**
 * Scores the password checks over a folder of documents whose protection is known (manifest.tsv beside score_protection.py), by bytes alone.
 * Usage: node test/tools/score-protection.mjs [FOLDER], after a build; needs python3. Skips itself where the folder is absent.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? join(repo, '../shared/corpus/documents');
const manifest = join(folder, 'manifest.tsv');
if (!existsSync(manifest)) {
  console.log(`skipped: ${basename(folder)}/manifest.tsv is not there`);
  process.exit(0);
}

const { memorySource } = await import(join(repo, 'dist/src/container/memory-source.js'));
const { sniff } = await import(join(repo, 'dist/src/extract/sniff.js'));
const { checkPassword } = await import(join(repo, 'dist/src/protect/registry.js'));

/** The scorer's words: a default password protects nothing, a weak one is a password. */
const LABELS = { set: 'protected', weak: 'weak', default: 'default-password', partial: 'partial', none: 'none', unknown: 'unknown' };

const paths = readFileSync(manifest, 'utf8')
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t')[0])
  .filter(Boolean);
const lines = paths.map((path) => {
  const source = memorySource(basename(path), readFileSync(join(folder, path)));
  const { format, textless } = sniff(source);
  try {
    const { state, scheme } = checkPassword(source, format, textless);
    return { path, protection: LABELS[state], scheme, format };
  } catch (error) {
    return { path, protection: 'unknown', error: String(error.message), format };
  }
});

const scratch = mkdtempSync(join(tmpdir(), 'mimawari-score-'));
try {
  const results = join(scratch, 'results.jsonl');
  writeFileSync(results, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (process.argv.includes('--list')) for (const line of lines) console.log(JSON.stringify(line));
  const run = spawnSync('python3', [join(folder, 'score_protection.py'), results, manifest], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
