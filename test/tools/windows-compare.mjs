/** Lines of two sweeps of one share on two systems, held against each other. */

/** Depend on who can read, which the two systems know by different lists. */
const BY_ACCESS = ['access', 'owner', 'verdict', 'reasons', 'risk'];
/** Set by reading, which Windows can't avoid. */
const BY_READING = ['accessedAt'];

const keyOf = ({ path, member }) => `${path}\0${member ?? ''}`;
const without = (line, fields) =>
  JSON.stringify({ ...line, ...Object.fromEntries(['root', ...BY_READING, ...fields].map((field) => [field, 0])) });

/** What differs, in words; and how many lines say the same of access. */
export function compareLines(linux, windows) {
  const others = new Map(windows.map((line) => [keyOf(line), line]));
  const different = [];
  let alike = 0;
  for (const line of linux) {
    const other = others.get(keyOf(line));
    if (other === undefined) {
      different.push(`${line.path}: missing`);
      continue;
    }
    // Where both say the same of access, all that follows from it must be the same too.
    const isAlike = line.access.state === other.access.state;
    if (isAlike) alike++;
    const fields = isAlike ? ['access', 'owner', 'risk'] : BY_ACCESS;
    if (without(line, fields) !== without(other, fields)) {
      const odd = Object.keys(line).filter(
        (field) => !['root', ...BY_READING, ...fields].includes(field) && JSON.stringify(line[field]) !== JSON.stringify(other[field]),
      );
      different.push(
        `${line.path}${line.member ? ` › ${line.member}` : ''}: ${odd.map((field) => `${field} ${JSON.stringify(line[field])} / ${JSON.stringify(other[field])}`).join('; ')}`,
      );
    }
  }
  for (const line of windows) if (!linux.some((one) => keyOf(one) === keyOf(line))) different.push(`${line.path}: only on Windows`);
  return { different, alike };
}
