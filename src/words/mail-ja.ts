/** The sentences of the mails in Japanese. */
import type { MailWords } from './mail.js';

export const mailJa: MailWords = {
  subject: (day, scope, violations, notExamined, isComplete) =>
    `【見回り】${day}${scope === '' ? '' : ` ${scope}`}: 違反 ${violations}、調べられなかったもの ${notExamined}${isComplete ? '' : '（途中まで）'}`,
  failedSubject: (day) => `【見回り】${day}: 見回りを実行できませんでした`,
  failed: '共有フォルダーの見回りを実行できませんでした。理由は次のとおりです。',
  failedNext: '直したあと、mimawari doctor で確かめてください。前回までの結果は残っています。',
  morning: (day) => `${day} に始めた共有フォルダーの見回りの結果です。`,
  department: (name, day) =>
    `${name} のご担当者様\n\n${day} に始めた共有フォルダーの見回りで、${name} のフォルダーについて分かったことをお知らせします。`,
  incomplete: '見回りは最後まで終わっていません。まだ見ていないファイルがあります。',
  counts: '件数',
  files: '調べたファイル',
  violations: '違反',
  fresh: '　うち前回から増えたもの',
  resolved: '前回から解消したもの',
  excepted: '例外として承認済みの違反',
  notExamined: '調べられなかったもの',
  records: '個人情報の件数',
  persons: '人数（重複を除く）',
  exposedPersons: 'うち保護されていない人数',
  byDepartment: '部署ごとの件数',
  departmentName: '部署',
  noDepartment: '（どの部署にも入らない）',
  worst: 'リスクの高いファイル',
  toMend: 'このままにできないファイル',
  unread: '調べられなかったファイル',
  more: (files) => `ほかに ${files}あります。`,
  nothing: '問題のあるファイルは見つかりませんでした。',
  masked: '「＊」は、ファイル名の中の個人情報を伏せたものです。',
  next: 'していただきたいこと',
  steps: [
    '要らないファイルは、削除してください。',
    '残すファイルは、開くときのパスワードを付けるか、関係者だけが読めるフォルダーへ移してください。',
    'どちらもできないときは、情報管理の担当へ相談してください。',
  ],
  adminNext: '一つのファイルの詳しい理由は mimawari explain ファイル、全部の一覧は mimawari report --csv ファイル で見られます。',
  outputs: '書き出した報告',
  footer: 'このメールは mimawari が自動で送りました。',
};
