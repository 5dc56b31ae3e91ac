/**
 * The columns of the auditors' sheet, CSV and xlsx: their headers and what each holds, in both languages. Their order is public: columns are added at
 * the end only. The data dictionary (src/report/data-dictionary.md) is made from this table, and the values from src/report/columns.ts.
 */
import type { Lang } from '../../detectors/contract.js';

/**
 * `words`: words of the program; `text`: a text from outside; `count`: a whole number; `year`: one that is written without separators; `amount`: a
 * number with at most one decimal; `time`: local date and time; `day`: a date.
 */
export type ColumnSort = 'words' | 'text' | 'count' | 'year' | 'amount' | 'time' | 'day';

export interface Column {
  readonly id: string;
  readonly sort: ColumnSort;
  readonly ja: string;
  readonly en: string;
  readonly about: { readonly ja: string; readonly en: string };
}

const column = <Id extends string>(id: Id, sort: ColumnSort, ja: string, en: string, aboutJa: string, aboutEn: string) =>
  ({ id, sort, ja, en, about: { ja: aboutJa, en: aboutEn } }) as const;

export const COLUMNS = [
  column(
    'verdict',
    'words',
    '判定',
    'Verdict',
    'ファイルの判定。違反、適合、施錠（内容未確認）、判定不能、該当なし、対象外',
    'violation, compliant, sealed, undetermined, clear, textless',
  ),
  column(
    'reasons',
    'words',
    '理由',
    'Reasons',
    '判定の理由のすべて。「例外として承認済み」は例外',
    'all reasons of the verdict; "approved exception" marks an exception',
  ),
  column('risk', 'amount', 'リスク', 'Risk', '0 から 100。大きいものから対処する', '0 to 100; the highest are to be dealt with first'),
  column('root', 'text', 'ルート', 'Root', '見回ったフォルダー', 'the folder that was swept'),
  column(
    'path',
    'text',
    'パス',
    'Path',
    'ルートより下の場所',
    'the path below the root; bytes that are no Unicode are decoded as well as possible (the JSONL keeps them)',
  ),
  column(
    'member',
    'text',
    '内部ファイル',
    'Member',
    '書庫・メール・文書の中のファイル。空欄はファイルそのもの。同じ名前の2つめは -2 で終わる',
    'path inside an archive, mail or document; empty for the file itself; of several with one name the second ends in -2',
  ),
  column(
    'entry',
    'words',
    '種別',
    'Entry',
    'ファイル、フォルダー（読めなかったもの）、リンク（たどらない）、特殊ファイル',
    'file, folder (one that could not be read), link (not followed), special file',
  ),
  column('format', 'text', '形式', 'Format', '拡張子ではなく中身による', 'by content, not by extension'),
  column('sizeBytes', 'count', 'サイズ（バイト）', 'Size (bytes)', '', ''),
  column('modified', 'time', '最終更新日時', 'Modified', '見回ったコンピューターの地域の時刻', 'local time of the computer that swept'),
  column('accessed', 'time', '最終アクセス日時', 'Accessed', '見回ったコンピューターの地域の時刻', 'local time of the computer that swept'),
  column('owner', 'text', '所有者', 'Owner', 'アカウント名。名前がなければ番号', 'name of the account, or its number where it has no name'),
  column(
    'examined',
    'words',
    '調査結果',
    'Examined',
    '全部読んだ、一部だけ読んだ、読めなかった、文字のない形式',
    'read in full, read in part, not read, holds no text',
  ),
  column('problems', 'words', '調べられなかった理由', 'Why not examined', '原因ごとに一度', 'each cause once'),
  column(
    'four',
    'count',
    '4情報（件）',
    '4 items (records)',
    '基礎年金番号・氏名・生年月日・住所がそろった件数',
    'records with pension number, name, birthdate and address',
  ),
  column(
    'three',
    'count',
    '3情報（件）',
    '3 items (records)',
    '基礎年金番号・氏名・生年月日の件数',
    'records with pension number, name and birthdate',
  ),
  column('two', 'count', '2情報（件）', '2 items (records)', '基礎年金番号・氏名の件数', 'records with pension number and name'),
  column(
    'other',
    'count',
    'その他（件）',
    'Other (records)',
    '上のどれでもない、個人情報に当たる件数',
    'any other record that counts as personal data',
  ),
  column('records', 'count', '合計（件）', 'Total (records)', '上の4つの和', 'sum of the four'),
  column(
    'persons',
    'count',
    '人数',
    'Persons',
    'この行の中で重複を除いた人数。行どうしで同じ人がいるので、縦に足してはならない',
    'distinct persons of this row; rows may share persons, so this column must not be added up',
  ),
  column(
    'pensionNumbers',
    'count',
    '基礎年金番号',
    'Pension numbers',
    '基礎年金番号のある件数',
    'records in which a pension number stands',
  ),
  column('names', 'count', '氏名', 'Names', '氏名のある件数', 'records in which a name stands'),
  column('birthdates', 'count', '生年月日', 'Birthdates', '生年月日のある件数', 'records in which a birthdate stands'),
  column('addresses', 'count', '住所', 'Addresses', '住所のある件数', 'records in which an address stands'),
  column('otherKinds', 'words', 'そのほかの個人情報', 'Other kinds', 'ほかの種類とその件数', 'further kinds with their counts'),
  column(
    'password',
    'words',
    'パスワード',
    'Password',
    '開くのにパスワードが要るか。なし、あり、あり（弱い）、既定のまま、一部のみ、不明',
    'whether opening needs a password: none, set, weak, default, partial, unknown',
  ),
  column('scheme', 'text', '暗号化方式', 'Scheme', '', 'of the encryption'),
  column('access', 'words', 'アクセス権', 'Access', '限定、開放、不明', 'restricted, open, unknown'),
  column(
    'broad',
    'text',
    '広く読める相手',
    'Broad readers',
    '関係者の範囲を超えて読める相手',
    'principals beyond the people concerned that can read',
  ),
  column(
    'readers',
    'count',
    '読める人数',
    'Readers',
    '空欄は、限りがないか不明',
    'known accounts that can read; empty: unbounded or not known',
  ),
  column('accessReason', 'text', 'アクセス権の根拠', 'Access reason', '誰が何によって読めるか。JSONL では英語', 'who reads by what'),
  column(
    'retention',
    'words',
    '保管期間',
    'Retention',
    '期間内、超過、不明。入れ物の行は、個人情報のある中のファイルのほうが悪ければ、最も古いそのファイルの保管期間、経過日数、起点、文書の日付を示す',
    'within, past, unknown; the row of a container whose own retention is better than that of a file with personal data inside has the retention, age, basis and document day of the oldest such file',
  ),
  column('ageDays', 'count', '経過日数', 'Age (days)', '「経過の起点」からの日数', 'days since what "Age counted from" says'),
  column('limitDays', 'count', '保管日数の上限', 'Limit (days)', '空欄は上限なし', 'empty: no limit'),
  column(
    'rule',
    'text',
    '保管期間の規則',
    'Retention rule',
    '方針のどの規則によるか。どれも当てはまらなければ既定',
    'the rule of the policy; "default" where none fits',
  ),
  column(
    'verdictCode',
    'words',
    '判定コード',
    'Verdict code',
    'JSONL と同じ符号。数式やマクロ用',
    'as in the JSONL, for formulas and macros',
  ),
  column('reasonCodes', 'words', '理由コード', 'Reason codes', 'JSONL と同じ符号。空白で区切る', 'as in the JSONL, separated by blanks'),
  column('problemCodes', 'words', '問題コード', 'Problem codes', 'JSONL と同じ符号。空白で区切る', 'as in the JSONL, separated by blanks'),
  column(
    'problemDetails',
    'text',
    '問題の詳細',
    'Problem details',
    '技術的な説明（英語）。ファイルの文は書かない',
    'technical, never text of the file',
  ),
  column(
    'contentHash',
    'words',
    'ハッシュ',
    'Content hash',
    'SHA-256。全部を読めなかったファイルは空欄',
    'SHA-256; empty when the file was not read whole',
  ),
  column(
    'passwordBeside',
    'text',
    'パスワードの所在',
    'Password beside',
    '同じフォルダーにあり、このファイルのパスワードが書かれているらしいファイル。値は書かない',
    'the file of the same folder in which the password of this one seems to stand; its path, never the value',
  ),
  column(
    'lookedAt',
    'words',
    'この回に見たか',
    'Looked at in this run',
    'はい。いいえは、最後まで終わらなかった回がまだ見ていないもの（前回までの結果）',
    'yes; no for what a run that did not reach its end had not come to: as earlier runs found it',
  ),
  column(
    'department',
    'text',
    '部署',
    'Department',
    '設定で決めた部署。設定がなければ最初のフォルダー。空欄はどこにも属さない',
    'as configured, else the first folder of the path; empty: belongs to none',
  ),
  column('exception', 'text', '例外の理由', 'Exception', '承認された例外の理由', 'why the exception was approved'),
  column('approver', 'text', '例外の承認者', 'Approved by', '', 'who approved the exception'),
  column('expires', 'day', '例外の期限', 'Exception ends', '例外が有効な最後の日', 'the last day on which the exception holds'),
  column(
    'handling',
    'words',
    '取扱',
    'Handling',
    'すべての行に「取扱注意」。行を写しても印が残る',
    'every row says "confidential", so that a copied row keeps the mark',
  ),
  column(
    'retentionBasis',
    'words',
    '経過の起点',
    'Age counted from',
    '経過日数を何から数えたか。最終更新、年度の終わり（翌年度の4月1日から数える）、文書の最終保存',
    'what the age was counted from: the last change, the end of the business year (day 0 is the 1 April that follows), the day on which the document says it was last saved',
  ),
  column(
    'businessYear',
    'year',
    '年度',
    'Business year',
    'ファイルかフォルダーの名前が示す年度（2015 は 2015年4月から2016年3月まで）。起点に使わなくても示す。空欄は、名前に年度がない',
    'told by the name of the file or of a folder (2015: April 2015 to March 2016), whether the age was counted from it or not; empty: no name tells one',
  ),
  column(
    'yearTold',
    'words',
    '年度の根拠',
    'Year told by',
    '年度を示す名前。ファイル名、フォルダー名',
    'the name that tells the year: file name, folder name',
  ),
  column(
    'documentSaved',
    'time',
    '文書の最終保存',
    'Document saved',
    '文書が自分で持っている最終保存日時（地域の時刻）。コピーや復元では変わらない。空欄は、その形式にないか、読めないか、ありえない日時。起点に使わなくても示す',
    'when the document says of itself that it was last saved (local time), which copying and restoring leave alone, whether the age was counted from it or not; empty: none, unread, or not believable',
  ),
  column(
    'staleByDocument',
    'words',
    '文書の日付では期間超過',
    'Past retention by its own day',
    'はい: 「経過の起点」では期間内でも、文書の最終保存から数えると保管期間を過ぎている（コピーや復元で更新日だけが新しくなった、古いものかもしれない）。判定には使わない。空欄は、過ぎていないか、文書の日付がない',
    'yes: within its retention by what "Age counted from" says, past it by the day on which the document was last saved (perhaps an old list that was copied or restored); no part of the verdict. Empty: not past it, or the document tells no day',
  ),
] as const satisfies readonly Column[];

export type ColumnId = (typeof COLUMNS)[number]['id'];

export function csvColumns(lang: Lang): string[] {
  return COLUMNS.map((one) => one[lang]);
}
