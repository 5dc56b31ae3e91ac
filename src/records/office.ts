/** Whether a name or address in running text is an office's: its head or clerk who signs, the place from which it writes. It looks at the words around. */
import type { Match } from '../../detectors/contract.js';

/** Who signs or answers for an office stands before the name. */
const TITLE_BEFORE =
  /(?:所長|署長|課長|部長|室長|局長|館長|院長|校長|理事長?|センター長|係長|主任|主査|担当者?|発信者|発行者|責任者|作成者|司会|議長|講師|社長|取締役|代表者?|弁護士|編集|著者|監修|(?:[市区町村園学総店]長|知事|大臣|長官|次官)(?=[\s　]))[\s　:：(（]{0,3}$/;
/** 日本年金機構 適用課 山田 太郎: a department before the name is the office's signature when nothing else stands in the line. */
const UNIT_BEFORE =
  /(?:機構|センター|事務所|事務局|役所|役場|本部|支部|支店|支社|本社|本店|営業所|出張所|協会|組合|連合会|会社|(?:株式|有限|合同)会社[^\s　]{1,12}|㈱[^\s　]{1,12}|[課部室係局署]|グループ|チーム)[\s　]{1,3}$/;
/** 様 and the like speak of the one who is written to. */
const SIGNED = /^[\s　]*(?:印|㊞|[(（](?:印|署名|公印省略)[)）])?[\s　]*(?:\n|$)/;
/** An office's address says so before it. */
const OFFICE_BEFORE =
  /(?:所在地|本社|本店|支店|支社|営業所|事務所|年金機構|事務センター|役所|役場|会社|会場|場所|提出先|問い?合わ?せ先|お問合せ)[^\n。]{0,16}$/;
const BEFORE_UNITS = 32;
const AFTER_UNITS = 16;

/** `text` is what the match stands in; `left` what stands before it elsewhere, as in the cell on its left. */
export function isOffice(match: Pick<Match, 'kind' | 'start' | 'end'>, text: string, left = ''): boolean {
  if (match.kind !== 'name' && match.kind !== 'address') return false;
  const own = text.slice(Math.max(0, match.start - BEFORE_UNITS), match.start);
  const before = left !== '' && match.start === 0 ? `${left}　` : own;
  if (match.kind === 'address') return OFFICE_BEFORE.test(before);
  return TITLE_BEFORE.test(before) || (UNIT_BEFORE.test(before) && SIGNED.test(text.slice(match.end, match.end + AFTER_UNITS)));
}
