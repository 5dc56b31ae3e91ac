/** Golden files: what a report must look like, read in review like code. `UPDATE_GOLDEN=1 npx vitest run test/report` renews them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const goldenFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'report', 'golden');

/** Compares byte for byte, line ends included. */
export function expectGolden(name: string, text: string): void {
  const path = join(goldenFolder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(goldenFolder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `golden file ${name} is missing`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
