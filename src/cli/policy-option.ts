/** The policy of a command: the built-in one, the file given by --policy, and the patterns given on the command line on top. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.js';
import { readPolicy } from '../policy/policy-file.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { causeJa, codeOf } from './paths.js';

export function policyFrom(given: Pick<Given, 'policy' | 'include' | 'exclude'>): Policy {
  const policy = given.policy === undefined ? DEFAULT_POLICY : placed(readPolicy(readText(given.policy), given.policy), given.policy);
  return { ...policy, include: [...policy.include, ...(given.include ?? [])], exclude: [...policy.exclude, ...(given.exclude ?? [])] };
}

/** Files and folders that a policy names count from the folder that it lies in; of one that comes out of a pipe, from the working directory. */
function placed(policy: Policy, file: string): Policy {
  const folder = statSync(file).isFile() ? dirname(resolve(file)) : process.cwd();
  return {
    ...policy,
    directory: policy.directory.map((source) => ({ ...source, file: source.file === null ? null : resolve(folder, source.file) })),
    accessFrom: policy.accessFrom.map((access) => ({
      ...access,
      root: resolve(folder, access.root),
      file: resolve(folder, access.file),
    })),
  };
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
