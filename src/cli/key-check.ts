/** Whether a key is the one by which the fingerprints of an inventory were made: with another one every person would count twice. */
import type { Store } from '../inventory/store.js';
import { UsageError } from '../problem.js';
import { KeyedHash } from '../scan/keyed-hash.js';

const SETTING = 'key-check';
/** Its keyed hash is kept; it is no key of a person, which never begins like this. */
const TEXT = 'mimawari: this is the key of this inventory';

/**
 * An inventory that has no check value yet gets that of this key.
 * @throws UsageError when the inventory was made with another key; nothing is written then
 */
export function checkKey(store: Store, key: Uint8Array, keyFile: string): void {
  const now = new KeyedHash(key).hex(TEXT);
  const kept = store.setting(SETTING);
  if (kept === now) return;
  if (kept !== null)
    throw new UsageError({
      ja: `${keyFile}: この台帳の鍵ではありません。このまま見回ると、同じ人が別の人として数えられます。台帳を作ったときの鍵を --key で指定してください。鍵を失ったときは、新しい台帳を --inventory で指定してください`,
      en: `${keyFile}: not the key of this inventory; persons would be counted twice. Name the key that the inventory was made with (--key); if it is lost, begin a new inventory (--inventory)`,
    });
  store.keepSetting(SETTING, now);
  store.commit();
}
