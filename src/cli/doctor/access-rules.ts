/** Whether what the policy says of readers fits what is here: its groups, its folders of people concerned, the settings of Samba. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../../../detectors/contract.js';
import type { Policy } from '../../policy/policy.js';
import { doubtText } from '../../words/access-doubt.js';
import type { ComposedAccess } from '../compose-access.js';
import type { Line } from './line.js';
import type { RootFindings } from './roots.js';
import { doctorWords, type Said } from './words.js';

/** @param found after the roots were looked at: which rules hold for a folder is known then. */
export function accessRuleLines(access: ComposedAccess, policy: Policy, found: readonly RootFindings[], lang: Lang): Line[] {
  const say = doctorWords(lang);
  const lines: Line[] = [];
  const warn = (check: string, { text, todo }: Said): void => {
    lines.push({ check, mark: 'warn', text, ...(todo === undefined ? {} : { todo }) });
  };
  if (access.unknownGroups.length > 0) warn('broad-groups', say.broadGroupsUnknown(access.unknownGroups));
  for (const folder of idleFolders(access, found)) warn('concerned', say.concernedIdle(folder));
  const { samba } = access;
  if (samba === null) return lines;
  if (samba.conf !== null) lines.push({ check: 'samba', mark: 'ok', ...say.samba(samba.conf) });
  if (samba.doubt !== null) warn('samba', say.sambaDoubt(doubtText(samba.doubt, lang)));
  for (const { shown, conf } of samba.others) warn('samba', say.sambaOther(shown, conf !== null && policy.smbConf === null));
  return lines;
}

/** Of a tree too large to be walked here only a plain name can be looked up: whether a pattern fits is told by the sweep. */
function idleFolders(access: ComposedAccess, found: readonly RootFindings[]): readonly string[] {
  const isWhole = found.length > 0 && found.every(({ survey }) => survey.isExact);
  const isPlain = (folder: string): boolean => found.length > 0 && !/[*?[\]{}()!]/u.test(folder);
  const isFolder = (folder: string): boolean =>
    found.some(({ root }) => statSync(join(root.path, folder), { throwIfNoEntry: false })?.isDirectory() === true);
  return access.idleConcerned().filter((folder) => isWhole || (isPlain(folder) && !isFolder(folder)));
}
