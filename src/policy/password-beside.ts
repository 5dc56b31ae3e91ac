/**
 * Whether the password of a locked file stands in its own folder: in its name, in a file that says so by its name, or in one whose text names a
 * password. Pure; it tells the place, never the value, and does not know whether the password fits.
 */
import type { Content, Password } from '../model.js';

/** A file of a folder, as far as it matters here. */
export interface Neighbour {
  readonly name: string;
  readonly content: Pick<Content, 'password' | 'namesPassword'> | null;
}

/** `パスワード.txt`, `解凍PW.docx`, `zip_password.txt`; names are compared in compatibility form, so widths don't matter. */
const SAYS_PASSWORD = /パスワード|passwo?r?d|暗証番号|(?:^|[^a-z])pw(?:$|[^a-z])/i;
/** The file has one, or is about passwords in general. */
const SAYS_OTHER = /パスワード(?:付|つき|有|あり|無|なし|設定|保護|変更|管理規|規程|申請|再発行|について)|password[- _]?protected/i;
/** `名簿_pw1234.zip`, `名簿(パスワード：abcd).xlsx`. */
const HOLDS_PASSWORD =
  /(?:パスワード|パス|password|passwd|(?:^|[^a-z])(?:pass|pw))(?:[はが:=_ -]{0,3}(?=[a-z]{0,16}[0-9!#$%&@+])[!-~]{4,64}| ?[は:=] ?[!-~]{4,64})/i;

/** The name of the file in which the password of `locked` seems to stand (its own, or a neighbour's); null when none does. */
export function findPasswordBeside(locked: Neighbour, neighbours: Iterable<Neighbour>): string | null {
  if (HOLDS_PASSWORD.test(stem(locked.name))) return locked.name;
  for (const one of neighbours) {
    if (one.name === locked.name || isLocked(one.content?.password)) continue;
    if (one.content?.namesPassword === true || namesPassword(one.name)) return one.name;
  }
  return null;
}

/** A real password, not one that is built in. */
export function isLocked(password: Password | undefined): boolean {
  return password?.state === 'set' || password?.state === 'weak';
}

function namesPassword(name: string): boolean {
  const text = stem(name);
  return SAYS_PASSWORD.test(text) && !SAYS_OTHER.test(text);
}

function stem(name: string): string {
  return name.normalize('NFKC').replace(/\.[A-Za-z0-9]{1,5}$/, '');
}
