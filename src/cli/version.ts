/** The program's version alone, from the package it was installed with. */
import { readFileSync } from 'node:fs';
import type { Lang } from '../../detectors/contract.js';
import { SCHEMA_VERSION } from '../inventory/schema.js';
import { lexiconVersion, openLexicon } from '../lexicon/open.js';
import { cliWords } from './words.js';

export function programVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** For `--version`: everything on which a result may depend. Opens the dictionaries, which takes some 20 ms. */
export function versionText(lang: Lang): string {
  const runtime = `Node.js ${process.version} ${process.platform}-${process.arch}`;
  return cliWords(lang).versionLines(programVersion(), SCHEMA_VERSION, lexiconVersion(openLexicon()), runtime).join('\n');
}
