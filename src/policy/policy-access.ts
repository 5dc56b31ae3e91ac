/** The parts of a policy file that say where accounts and access lists come from, and who is concerned with which folder. */
import { ACCESS_FORMS, type AccessFile, type ConcernedRule, DIRECTORY_FORMS, type DirectorySource } from './policy.js';
import { itemsOf, mapOf, type PolicyFaults, type PolicyNode, readEach, readOne, wordIn } from './policy-nodes.js';
import { domainSidOf, globOf, type Value, writtenOf } from './policy-values.js';

/** A `passwd` or `group` file can be declared complete by this word: it has no domain. */
const UNIX = 'unix';

export function directorySourceOf(node: PolicyNode, faults: PolicyFaults): DirectorySource | null {
  const found = mapOf(node, ['form', 'file', 'complete'], faults, ['form']);
  if (found === null) return null;
  const form = readOr(found.get('form'), faults, wordIn(DIRECTORY_FORMS, '形式', 'form'));
  const file = readOr(found.get('file'), faults, writtenOf);
  const complete = readEach(found.get('complete') ?? null, faults, completeOf);
  if (form !== null && form !== 'host' && file === null && !found.has('file'))
    faults.add(node, { ja: '「file」がありません', en: '"file" is missing' });
  if (form === 'host' && file !== null)
    faults.add(node, {
      ja: '「host」はこの計算機自身の一覧なので、「file」は書けません',
      en: '"host" is this host\'s own list and has no "file"',
    });
  return form === null || (form !== 'host' && file === null) ? null : { form, file, complete };
}

export function accessFileOf(node: PolicyNode, faults: PolicyFaults): AccessFile | null {
  const found = mapOf(node, ['root', 'file', 'form', 'exportedAs', 'domain'], faults, ['root', 'file', 'form']);
  if (found === null) return null;
  const root = readOr(found.get('root'), faults, writtenOf);
  const file = readOr(found.get('file'), faults, writtenOf);
  const form = readOr(found.get('form'), faults, wordIn(ACCESS_FORMS, '形式', 'form'));
  const exportedAs = readOr(found.get('exportedAs'), faults, writtenOf);
  const domain = readOr(found.get('domain'), faults, domainSidOf);
  return root === null || file === null || form === null ? null : { root, file, form, exportedAs, domain };
}

export function concernedRuleOf(node: PolicyNode, faults: PolicyFaults): ConcernedRule | null {
  const found = mapOf(node, ['folder', 'readers'], faults, ['folder', 'readers']);
  if (found === null) return null;
  const folder = readOr(found.get('folder'), faults, folderOf);
  const readers = readEach(found.get('readers') ?? null, faults, writtenOf);
  if (found.get('readers') != null && itemsOf(found.get('readers') ?? null).length === 0)
    faults.add(node, {
      ja: '「readers」が空なので、誰が読めても違反になります。関係者を書いてください',
      en: '"readers" is empty, so that any reader would be one too many; list the people concerned',
    });
  return folder === null ? null : { folder, readers };
}

function readOr<T>(node: PolicyNode | undefined, faults: PolicyFaults, read: (text: string) => Value<T>): T | null {
  return node == null ? null : (readOne(node, faults, read)?.value ?? null);
}

function completeOf(text: string): Value<string> {
  return text === UNIX ? { value: text } : domainSidOf(text);
}

/** A rule holds for what lies below in any case, so that `人事部/**` and `人事部` mean the same; `**` is the root. */
function folderOf(text: string): Value<string> {
  const glob = globOf(text);
  return 'fault' in glob ? glob : { value: glob.value.replace(/(?:^|\/)\*\*$/u, '').replace(/\/$/u, '') };
}
