/** The password of a container protects its members too. It looks at no content and judges nothing. */
import type { MemberBlock, Password } from '../model.js';

interface Covered {
  /** The container's own password. */
  readonly password: Password;
  /** That of the containers around it. */
  readonly cover: Password | null;
}

/** What protects a member from outside: the password of its own entry, of its whole container, or of one around that. */
export function coverOf(block: MemberBlock, { password, cover }: Covered): Password | null {
  const nearest = block.password ?? password;
  return isLocked(nearest) ? covered(nearest, cover) : cover;
}

/** The stronger of a file's own password and the one around it. */
export function covered(own: Password, cover: Password | null): Password {
  return cover === null || own.state === 'set' || (own.state === 'weak' && cover.state === 'weak') ? own : cover;
}

function isLocked({ state }: Password): boolean {
  return state === 'set' || state === 'weak';
}
