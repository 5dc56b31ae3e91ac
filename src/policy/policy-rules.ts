/** The rules of retention and the exceptions of a policy file, one item of their list at a time. */
import type { Kind } from '../../detectors/contract.js';
import { RETENTION_BASES } from '../model.js';
import type { DepartmentPaths, PolicyException, RetentionRule } from './policy.js';
import { itemsOf, mapOf, type PolicyFaults, type PolicyNode, readEach, readOne, textOf, textsOf, wordIn } from './policy-nodes.js';
import { dayOf, daysOf, globOf, nearestOf, type Value, writtenOf } from './policy-values.js';

export const retentionFromOf = wordIn(RETENTION_BASES, '起算日', 'beginning of the age');

/** Where a rule names departments: they may stand further down in the file. */
const departmentNodes = new WeakMap<RetentionRule, PolicyNode>();

const CONDITIONS = ['paths', 'formats', 'kinds', 'departments'] as const;

export function retentionRuleOf(node: PolicyNode, kindNames: readonly Kind[], faults: PolicyFaults): RetentionRule | null {
  const found = mapOf(node, ['name', ...CONDITIONS, 'from', 'keep'], faults, ['keep']);
  if (found === null) return null;
  const nodeOf = (key: string): PolicyNode => found.get(key) ?? null;
  if (CONDITIONS.every((key) => nodeOf(key) === null && !found.has(key)))
    faults.add(node, {
      ja: '何についての規則か書かれていません。paths、departments、kinds、formats のどれかを書いてください',
      en: 'nothing says what the rule is for: give "paths", "departments", "kinds" or "formats"',
    });
  for (const key of CONDITIONS)
    if (found.has(key) && itemsOf(nodeOf(key)).length === 0 && key !== 'formats')
      faults.add(node, { ja: `「${key}」が空なので、この規則は何にも当てはまりません`, en: `"${key}" is empty, so the rule fits nothing` });
  const paths = readEach(nodeOf('paths'), faults, globOf);
  const kinds = readEach(nodeOf('kinds'), faults, wordIn(kindNames, '種類', 'kind'));
  const departments = textsOf(nodeOf('departments'), faults);
  const keep = nodeOf('keep');
  const limit = keep === null ? null : readOne(keep, faults, daysOf);
  const name = nodeOf('name');
  const from = nodeOf('from') === null ? null : readOne(nodeOf('from'), faults, retentionFromOf);
  const rule: RetentionRule = {
    name: (name === null ? null : textOf(name, faults)) ?? paths[0] ?? departments[0] ?? '',
    paths,
    formats: textsOf(nodeOf('formats'), faults).map((format) => format.toLowerCase()),
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(departments.length === 0 ? {} : { departments }),
    ...(from === null ? {} : { from: from.value }),
    limitDays: limit?.value ?? null,
  };
  departmentNodes.set(rule, nodeOf('departments'));
  return rule;
}

/** Tells departments of rules that the file does not list; the paths of the others, when any rule asks for them. */
export function departmentsOfRules(
  rules: readonly RetentionRule[],
  departments: readonly DepartmentPaths[],
  faults: PolicyFaults,
): readonly DepartmentPaths[] {
  const names = departments.map(({ name }) => name);
  const asked = rules.flatMap((rule) => (rule.departments ?? []).map((name) => ({ rule, name })));
  for (const { rule, name } of asked) {
    if (names.includes(name)) continue;
    const near = nearestOf(name, names);
    faults.add(departmentNodes.get(rule) ?? null, {
      ja: `「${name}」という部署は departments にありません${near === null ? '' : `。「${near}」ではありませんか`}`,
      en: `no department "${name}" stands under "departments"${near === null ? '' : `; did you mean "${near}"?`}`,
    });
  }
  return asked.length === 0 ? [] : departments.map(({ name, paths }) => ({ name, paths }));
}

export function exceptionOf(node: PolicyNode, faults: PolicyFaults): PolicyException | null {
  const keys = ['path', 'hash', 'reason', 'approver', 'expires'] as const;
  const found = mapOf(node, keys, faults, ['reason', 'approver', 'expires']);
  if (found === null) return null;
  const read = <T>(key: (typeof keys)[number], as: (text: string) => Value<T>): T | undefined => {
    const value = found.get(key) ?? null;
    return value === null ? undefined : readOne(value, faults, as)?.value;
  };
  const path = read('path', globOf);
  const hash = read('hash', hashOf);
  if (((found.get('path') ?? null) === null) === ((found.get('hash') ?? null) === null))
    faults.add(node, { ja: 'path か hash の、どちらか一つを書いてください', en: 'give "path" or "hash", one of them' });
  const reason = read('reason', writtenOf);
  const approver = read('approver', writtenOf);
  const expires = read('expires', dayOf);
  if ((path ?? hash) === undefined || reason === undefined || approver === undefined || expires === undefined) return null;
  return { path: path ?? null, ...(hash === undefined ? {} : { hash }), reason, approver, expires };
}

function hashOf(text: string): Value<string> {
  return /^sha256:[0-9a-f]{64}$/i.test(text)
    ? { value: text.toLowerCase() }
    : {
        fault: {
          ja: '報告の contentHash（sha256: と 64 桁）を書いてください',
          en: 'expected a contentHash of a report: sha256: and 64 hexadecimal digits',
        },
      };
}
