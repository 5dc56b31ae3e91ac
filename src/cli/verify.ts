/** `mimawari verify` and `mimawari keygen`: whether reports are as they were made, and keys to sign them with. The inventory is not needed. */
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';
import { showText } from '../report/escape.js';
import { faultsOf, type ManifestFile, parseManifest } from '../report/manifest.js';
import { type Difference, evidenceWords } from '../words/evidence.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { isThere } from './paths.js';
import { readRegularFile, withRegularFile } from './regular-file.js';
import { makeKeyPair, readVerifier } from './signing.js';
import { evidenceCliWords } from './words-evidence.js';

interface Checked {
  readonly file: string;
  readonly difference: Difference | null;
}

export function addVerify(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = evidenceCliWords(lang);
  const command = program.command('verify').argument('<manifest>', say.manifestArgument).description(say.verify);
  addOptions(command, ['publicKey', 'json', 'lang'], lang);
  command.addHelpText('after', say.verifyExamples);
  command.action((file: string, given: Given) => done(verifyManifest(file, given, lang)));
}

export function addKeygen(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = evidenceCliWords(lang);
  const command = program.command('keygen').argument('<key>', say.keyArgument).description(say.keygen);
  addOptions(command, ['lang'], lang);
  command.addHelpText('after', say.keygenExamples);
  command.action((file: string) => {
    makeKeyPair(file);
    writeAll(1, Buffer.from(`${say.keysMade(file)}\n`));
    done(0);
  });
}

/** 0 genuine, 1 not. @throws UsageError when it can't be looked at */
function verifyManifest(file: string, given: Given, lang: Lang): number {
  const bytes = readRegularFile(file);
  const text = bytes.toString('utf8');
  const manifest = parseManifest(text);
  if (manifest === null) throw new UsageError(evidenceCliWords(lang).noManifest(file));
  const name = basename(file);
  const own = faultsOf(text, manifest).map((difference): Checked => ({ file: name, difference }));
  const signature = checkSignature(file, bytes, given.key);
  if (signature === 'signature' || (signature === 'unsigned' && given.key !== undefined))
    own.push({ file: `${name}.sig`, difference: signature });
  // A manifest that says it was signed, without its signature, has lost it.
  else if (signature === 'unsigned' && manifest.signer !== null) own.push({ file: `${name}.sig`, difference: 'missing' });
  const checked = [
    ...own,
    ...manifest.files.map((one) => ({ file: one.name, difference: differenceOf(join(dirname(file), basename(one.name)), one) })),
  ];
  const genuine = checked.every(({ difference }) => difference === null);
  if (given.json) writeAll(1, Buffer.from(`${JSON.stringify({ schema: 'mimawari.verify/1', genuine, signature, files: checked })}\n`));
  else {
    const say = evidenceWords(lang).verify;
    const { roots, started, ended } = manifest.run;
    const lines = [
      say.scope(roots.map(showText).join(', '), showText(String(started)), showText(String(ended))),
      ...checked.map((one) =>
        one.difference === null ? say.fileOk(showText(one.file)) : `${showText(one.file)}: ${say.differences[one.difference]}`,
      ),
      ...(signature === 'signature' ? [] : [say[signature]]),
      genuine ? say.genuine : say.notGenuine,
    ];
    writeAll(1, Buffer.from(`${lines.join('\n')}\n`));
  }
  return genuine ? 0 : 1;
}

/** `unchecked`: there is one, and nobody gave a key. */
function checkSignature(file: string, bytes: Buffer, keyFile: string | undefined): 'signed' | 'unsigned' | 'unchecked' | 'signature' {
  const key = keyFile === undefined ? null : readVerifier(keyFile);
  if (!isThere(`${file}.sig`)) return 'unsigned';
  if (key === null) return 'unchecked';
  return key.isGood(bytes, readRegularFile(`${file}.sig`)) ? 'signed' : 'signature';
}

/** A file of another size need not be read, and one that grows meanwhile is read no further than the size that is stated. */
function differenceOf(path: string, stated: ManifestFile): Difference | null {
  if (!isThere(path)) return 'missing';
  return withRegularFile(path, (fd, size) => {
    if (size !== stated.sizeBytes) return 'size';
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(1 << 20);
    let sizeBytes = 0;
    for (let got = readSync(fd, buffer); got > 0 && sizeBytes <= stated.sizeBytes; got = readSync(fd, buffer)) {
      hash.update(buffer.subarray(0, got));
      sizeBytes += got;
    }
    if (sizeBytes !== stated.sizeBytes) return 'size';
    return hash.digest('hex') === stated.sha256 ? null : 'content';
  });
}
