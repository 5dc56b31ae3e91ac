/** A walk with access and nothing else, in a process of its own: `node bench-access-walk.mjs none|posix|samba|getfattr FOLDER`; prints the answers by state. */
import { parseAccounts } from '../../dist/src/access/accounts.js';
import { ACCESS_BOUNDS } from '../../dist/src/access/exposure.js';
import { liveMounts } from '../../dist/src/access/mounts.js';
import { posixSource } from '../../dist/src/access/posix.js';
import { PLAIN_SHARE } from '../../dist/src/access/share.js';
import { loadXattrs } from '../../dist/src/access/xattr.js';
import { toolXattrs } from '../../dist/src/access/xattr-tools.js';
import { runTool } from '../../dist/src/cli/tools.js';
import { Trail } from '../../dist/src/scan/trail.js';
import { openablePath } from '../../dist/src/walk/name.js';
import { walk } from '../../dist/src/walk/walk.js';

const [mode, root] = process.argv.slice(2);
const [ACCOUNTS, GROUPS, FIRST_ID] = [1_000, 100, 60_000];

function sourceOf() {
  const numbers = (count) => Array.from({ length: count }, (_, i) => FIRST_ID + i);
  const passwd = numbers(ACCOUNTS).map((id, i) => `u${id}:x:${id}:${FIRST_ID + (i % GROUPS)}::/:/`);
  const directory = parseAccounts(
    passwd.join('\n'),
    numbers(GROUPS)
      .map((id) => `g${id}:x:${id}:`)
      .join('\n'),
  );
  const lists = { attribute: 'security.NTACL', ignoresPosix: false, standIn: 'posix' };
  const share = { definition: { ...PLAIN_SHARE, name: 'share' }, path: root, lists, doubt: null };
  const load = mode === 'getfattr' ? () => toolXattrs(runTool) : loadXattrs;
  return posixSource(
    directory,
    ACCESS_BOUNDS,
    { loadXattrs: load, mounts: liveMounts() },
    { paths: ['smb'], shares: mode === 'samba' ? [share] : [], doubt: null },
  );
}

const counts = {};
const access = mode === 'none' ? { folder: () => ({ key: '' }), file: () => ({ state: 'none' }) } : sourceOf();
const trail = new Trail(access, () => 0, openablePath);
for (const listing of walk([root], { include: [], exclude: [], excluded: new Map() })) {
  const { gate } = trail.enter(listing);
  for (const entry of listing.entries) {
    if (entry.sort !== 'file') continue;
    const key = listing.folder === '' ? entry.name : `${listing.folder}/${entry.name}`;
    const { state } = access.file(() => openablePath(listing.root, key), entry.stat, gate);
    counts[state] = (counts[state] ?? 0) + 1;
  }
}
console.log(JSON.stringify(counts));
