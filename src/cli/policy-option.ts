/** The policy of a command: the built-in one, the file given by --policy, and the patterns given on the command line on top. */
import { readFileSync, statSync } from 'node:fs';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.js';
import { readPolicy } from '../policy/policy-file.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { causeJa, codeOf } from './paths.js';

export function policyFrom(given: Pick<Given, 'policy' | 'include' | 'exclude'>): Policy {
  const policy = given.policy === undefined ? DEFAULT_POLICY : readPolicy(readText(given.policy), given.policy);
  return { ...policy, include: [...policy.include, ...(given.include ?? [])], exclude: [...policy.exclude, ...(given.exclude ?? [])] };
}

function readText(file: string): string {
  try {
    // A pipe will do (`--policy <(…)`); a device such as /dev/zero never ends.
    if (statSync(file).isCharacterDevice()) throw new UsageError({ ja: `${file}: ファイルではありません`, en: `${file}: is not a file` });
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = codeOf(error);
    throw new UsageError({
      ja: `${file}: 方針ファイルを読めません（${causeJa(code)}）`,
      en: `${file}: the policy can't be read (${code})`,
    });
  }
}
