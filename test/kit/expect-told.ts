/** What every reader owes to a broken file: it is read, in part at least, or refused with a FileProblem; nothing else is ever thrown. */
import { expect } from 'vitest';
import type { Extractor } from '../../src/parts.js';
import { FileProblem } from '../../src/problem.js';
import { mutilated } from './mutilate.js';
import { readBlocks } from './read-blocks.js';

/** Reads broken copies of a file; returns how many were refused or told as incomplete. */
export async function expectTold(extractor: Extractor, bytes: Buffer): Promise<number> {
  let told = 0;
  for (const broken of mutilated(bytes)) {
    try {
      const { problems } = await readBlocks(extractor, broken);
      if (problems.length > 0) told++;
    } catch (error) {
      expect(error).toBeInstanceOf(FileProblem);
      told++;
    }
  }
  return told;
}
