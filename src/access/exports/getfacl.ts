/**
 * What `getfacl -R -p ROOT` writes (acl(1)), with or without `-n`: blocks parted by blank lines, each with the name of a file, its owner, its group
 * and its list. In names `\` is doubled and line ends are octal; all else is the bytes of the name.
 */
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER, ACL_USER, ACL_USER_OBJ, type AclEntry } from '../posix-acl.js';
import type { Permission } from '../posix-permission.js';
import { posixPath } from './export-path.js';
import type { ExportedList } from './path-table.js';
import { type ExportFile, exportFault, linesOf, tooLong } from './text-file.js';

const FILE = '# file: ';
/** More than any file system keeps (64 KB in binary form). */
const BLOCK_CHARS_MAX = 1024 * 1024;
const NO_ID = 0xffffffff;

/**
 * The list of a block is handed on as its text: permissionOf reads it when a file asks for it.
 * Throws UsageError when the file doesn't begin with a block.
 */
export function* readGetfacl(file: ExportFile): Generator<ExportedList> {
  let path: string | null = null;
  let body = '';
  for (const { text, number } of linesOf(file, 'latin1')) {
    if (text.startsWith(FILE)) {
      if (path !== null) yield { path, list: body };
      path = posixPath(unescaped(text.slice(FILE.length)));
      body = '';
    } else if (text === '') {
      if (path !== null) yield { path, list: body };
      path = null;
    } else if (path !== null) {
      body += `${text}\n`;
      if (body.length > BLOCK_CHARS_MAX) throw tooLong(file, number);
    } else if (!text.startsWith('getfacl:')) {
      // Its messages come from the other stream, and may have been put into the same file.
      throw exportFault(
        file,
        number,
        'getfacl の出力ではありません。「getfacl -R -p フォルダー > ファイル」の結果を指定してください',
        'is not what getfacl writes; give the output of "getfacl -R -p FOLDER > FILE"',
      );
    }
  }
  if (path !== null) yield { path, list: body };
}

/** Finds the number of a name that stands in a list. */
export type IdOfName = (sort: 'user' | 'group', name: string) => number;

/** The permission that a block tells; null when it is no whole list: without owner, group or one of the three base entries, or with one twice. */
export function permissionOf(body: string, idOfName: IdOfName): Permission | null {
  const owners = new Map<string, string>();
  const entries = new Map<string, AclEntry>();
  for (const line of body.split('\n')) {
    if (line === '' || line.startsWith('default:')) continue;
    const comment = /^# (owner|group): (.+)$/.exec(line);
    if (comment !== null) owners.set(comment[1]!, comment[2]!);
    if (line.startsWith('#')) continue;
    // The mask is applied when the list is judged; the remark only repeats it.
    const [, tag, name, r, w, x] = /^(user|group|mask|other):([^:]*):([r-])([w-])([xX-])(?:\s+#effective:.*)?$/.exec(line) ?? [];
    if (tag === undefined || entries.has(`${tag}:${name}`)) return null;
    const sort = SORTS[`${tag}:${name === '' ? '' : 'named'}`];
    if (sort === undefined) return null;
    const perm = (r === 'r' ? 4 : 0) | (w === 'w' ? 2 : 0) | (x === '-' ? 0 : 1);
    entries.set(`${tag}:${name}`, {
      tag: sort,
      perm,
      id: name === '' ? NO_ID : numberOf(tag === 'user' ? 'user' : 'group', name!, idOfName),
    });
  }
  const [owner, group] = [owners.get('owner'), owners.get('group')];
  const perm = (key: string): number | undefined => entries.get(key)?.perm;
  const [own, groupObj, other, mask] = [perm('user:'), perm('group:'), perm('other:'), perm('mask:')];
  if (owner === undefined || group === undefined || own === undefined || groupObj === undefined || other === undefined) return null;
  const isPlain = entries.size === 3;
  if (!isPlain && mask === undefined) return null;
  return {
    // With a list, the group bits of a mode are the mask.
    mode: (own << 6) | ((mask ?? groupObj) << 3) | other,
    uid: numberOf('user', owner, idOfName),
    gid: numberOf('group', group, idOfName),
    acl: isPlain ? null : [...entries.values()],
  };
}

const SORTS: Readonly<Record<string, number>> = {
  'user:': ACL_USER_OBJ,
  'user:named': ACL_USER,
  'group:': ACL_GROUP_OBJ,
  'group:named': ACL_GROUP,
  'mask:': ACL_MASK,
  'other:': ACL_OTHER,
};

function numberOf(sort: 'user' | 'group', name: string, idOfName: IdOfName): number {
  return /^\d{1,10}$/.test(name) ? Number(name) : idOfName(sort, Buffer.from(unescaped(name), 'latin1').toString('utf8'));
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-3][0-7]{2})|(\\))/g, (_whole, octal: string | undefined) =>
    octal === undefined ? '\\' : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
