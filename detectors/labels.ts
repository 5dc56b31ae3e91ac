/**
 * Builds the patterns by which labels of columns and fields are known: whose value it is may stand before (`申請者の氏名`), remarks after
 * (`氏名(漢字)`). It knows persons and remarks, no kind of value.
 */

/** Whose value a label speaks of. */
const WHOSE =
  '(?:(?:第?[0-9一二三]号)?被保険者|(?:年金)?(?:加入者|受給者|受給権者)|受給(?:予定)?者|申請者|申請人|届出者|届出人|請求者|請求人|世帯主|配偶者|扶養者|被扶養者|扶養親族|扶養家族|家族|親族|続柄者|本人|ご本人|代理人|' +
  '法定代理人|後見人|保護者|父|母|夫|妻|子|長男|長女|児童|生徒|学生|園児|患者|利用者|会員|顧客|お客様|契約者|名義人|口座名義人|納付者|納税者|納税義務者|義務者|債務者|債権者|滞納者|未納者|死亡者|亡くなった方|遺族|相続人|対象者|相談者|' +
  '来訪者|連絡者|連絡先|緊急連絡先|住民|従業員|従業者|社員|職員|役員|代表者|担当者|責任者|参加者|出席者|受講者|受験者|応募者|送付先|届け先|届先|宛先|発送先|受取人|送信者|依頼者|依頼人|委任者|受任者|被相続人|事業主|勤務者|労働者|求職者|' +
  '離職者|退職者|患者様|お子様|お子さま|子ども|同居人|同居者|保証人|連帯保証人|借主|貸主|入居者|所有者|使用者|旧|新|変更前|変更後|現在|現|前|元|届出|登録|戸籍|住民票(?:上)?の?|漢字|カナ|かな|フリガナ|ふりがな|ローマ字|英字|半角|全角)';
const REMARK =
  '(?:\\([^()]{0,24}\\)|\\[[^\\[\\]]{0,24}\\]|<[^<>]{0,24}>|【[^【】]{0,24}】|［[^［］]{0,24}］|[0-9①-⑨一二三ABC]|欄|記入欄|必須|※)';

/**
 * One pattern for several ways to name a thing; `core` is a pattern of its own. `*` and not a count, because the engine writes a counted group out
 * and 33 such patterns took a second to compile; callers hand in labels of at most 80 characters.
 */
export function labelPattern(core: string): RegExp {
  return new RegExp(`^(?:${WHOSE}(?:の|・|/|,)?)*(?:お|ご|御)?(?:${core})(?:の?(?:ご)?記入)?${REMARK}*$`, 'i');
}

/** A site's own label, taken literally. `folded` is the label as `foldLabel` gives it. */
export function literalLabel(folded: string): RegExp {
  return new RegExp(`^${folded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${REMARK}*$`, 'i');
}

/** What stands before and after the core of every pattern that `labelPattern` makes. */
const [BEFORE_CORE, AFTER_CORE] = labelPattern('\\0').source.split('\\0') as [string, string];

/**
 * One pattern that takes every text that one of these takes, and few others: nearly all texts are no labels, and one pattern says so ten times as fast
 * as three dozen, each of which would read the owner's words again.
 */
export function firstLookAt(patterns: readonly RegExp[]): RegExp {
  const cores = new Set<string>();
  const others = new Set<string>();
  for (const { source, flags } of patterns) {
    if (flags !== '' && flags !== 'i') throw new Error(`a label's pattern has the flags ${flags}`);
    // Something narrower may stand between its first letter and the usual beginning.
    const from = source.indexOf(BEFORE_CORE.slice(1));
    if (from >= 1 && source.endsWith(AFTER_CORE)) cores.add(source.slice(from + BEFORE_CORE.length - 1, -AFTER_CORE.length));
    else others.add(`(?:${source})`);
  }
  const common = cores.size === 0 ? [] : [`${BEFORE_CORE}${[...cores].join('|')}${AFTER_CORE}`];
  return new RegExp([...common, ...others].join('|') || '(?!)', 'i');
}
