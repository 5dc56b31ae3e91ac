/** The headers of the auditors' CSV. Their order is public: columns are added at the end only. src/report/README.md explains each. */
import type { Lang } from '../../detectors/contract.js';

const COLUMNS: readonly (readonly [ja: string, en: string])[] = [
  ['判定', 'Verdict'],
  ['理由', 'Reasons'],
  ['リスク', 'Risk'],
  ['ルート', 'Root'],
  ['パス', 'Path'],
  ['内部ファイル', 'Member'],
  ['種別', 'Entry'],
  ['形式', 'Format'],
  ['サイズ（バイト）', 'Size (bytes)'],
  ['最終更新日時', 'Modified'],
  ['最終アクセス日時', 'Accessed'],
  ['所有者', 'Owner'],
  ['調査結果', 'Examined'],
  ['調べられなかった理由', 'Why not examined'],
  ['4情報（件）', '4 items (records)'],
  ['3情報（件）', '3 items (records)'],
  ['2情報（件）', '2 items (records)'],
  ['その他（件）', 'Other (records)'],
  ['合計（件）', 'Total (records)'],
  ['人数', 'Persons'],
  ['基礎年金番号', 'Pension numbers'],
  ['氏名', 'Names'],
  ['生年月日', 'Birthdates'],
  ['住所', 'Addresses'],
  ['そのほかの個人情報', 'Other kinds'],
  ['パスワード', 'Password'],
  ['暗号化方式', 'Scheme'],
  ['アクセス権', 'Access'],
  ['広く読める相手', 'Broad readers'],
  ['読める人数', 'Readers'],
  ['アクセス権の根拠', 'Access reason'],
  ['保管期間', 'Retention'],
  ['経過日数', 'Age (days)'],
  ['保管日数の上限', 'Limit (days)'],
  ['保管期間の規則', 'Retention rule'],
  ['判定コード', 'Verdict code'],
  ['理由コード', 'Reason codes'],
  ['問題コード', 'Problem codes'],
  ['問題の詳細', 'Problem details'],
  ['ハッシュ', 'Content hash'],
];

export function csvColumns(lang: Lang): string[] {
  return COLUMNS.map(([ja, en]) => (lang === 'ja' ? ja : en));
}
