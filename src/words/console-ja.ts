/** The sentences of the console summary and of explain in Japanese. */
import type { ConsoleWords } from './console.js';

const AGE_FROM = { modified: '最終更新', 'business-year': '年度の終わり', document: '文書の最終保存' } as const;

export const consoleJa: ConsoleWords = {
  title: '見回りの結果',
  roots: '対象',
  started: '開始',
  asOf: '基準日時',
  state: '状態',
  complete: '最後まで見回りました',
  stopped: {
    interrupted: '途中で止められました。まだ見ていないファイルがあります',
    'time-limit': '時間の上限で止まりました。まだ見ていないファイルがあります',
    'root-lost': '対象のフォルダーに届かなくなりました。まだ見ていないファイルがあります',
    unknown: '最後まで見回れませんでした。まだ見ていないファイルがあります',
  },
  coverage: '見た範囲',
  sentenceEnd: '。',
  coverageUnknown: 'どこまで見たかは分かりません',
  lookedAt: (looked, known, percent, atMost) =>
    atMost
      ? `これまでに分かった ${known}件のうち ${looked}件（多くて ${percent}%）`
      : `分かっている ${known}件のうち ${looked}件（${percent}%）`,
  lookedAtKnown: (looked, known, isRootLost) =>
    `分かっている ${known}件のうち ${looked}件。${isRootLost ? '届かなかった対象のフォルダーに' : '見ていないところに'}いくつあるかは分かりません`,
  unopenedFolders: (count) => `。ほかに、まだ一度も開いていないフォルダーが ${count}`,
  earlierResults: (run, started) =>
    `見ていないものは前回までの結果です。最後まで見た回は ${started}（第${run}回。その結果は mimawari report --run last-complete）`,
  earlierParts: '最後まで見た回はまだありません。今回見ていないものは、前回までに見た分だけが下の数に入っています',
  noEarlierResults: '最後まで見た回はまだありません。見ていないものは、下の数に入っていません',
  took: (seconds) =>
    seconds < 60
      ? `所要 ${seconds}秒`
      : seconds < 3600
        ? `所要 ${Math.floor(seconds / 60)}分${seconds % 60}秒`
        : `所要 ${Math.floor(seconds / 3600)}時間${Math.floor((seconds % 3600) / 60)}分`,
  byVerdict: '判定',
  byExamined: '調べた結果',
  byProblem: '読めなかったもの、一部しか読めなかったものの原因',
  byProblemNote: '1つのファイルに原因が複数あることもあります。',
  sum: '合計',
  sumIsEnumerated: (enumerated) => `（見つけた数 ${enumerated} と一致）`,
  sumSoFar: '（途中まで。まだ見ていないファイルは入っていません）',
  sumWithEarlier: '（今回見ていないものは前回までの結果で数え、どの回もまだ見ていないものは入っていません）',
  staleByDocument: (files) => `最終更新は期間内でも、文書自身の日付では保管期間を過ぎているファイル（個人情報あり） ${files}`,
  sumDiffers: (enumerated) => `（見つけた数 ${enumerated} と一致しません。プログラムの誤りです）`,
  members: (count) => `ほかに、書庫やメールなどの中のファイル ${count}件`,
  excepted: (count) => `うち例外として承認済み ${count}`,
  leak: 'もし、いま漏えいしたら',
  records: '件数',
  exposedRecords: 'うち保護なし',
  persons: '人数（重複を除く）',
  nothingFound: '個人情報は見つかりませんでした。',
  nothingFoundSoFar: 'まだ見つかっていません（最後まで見ていません）。',
  worstFolders: 'リスクの高いフォルダー',
  worstFiles: 'リスクの高いファイル',
  risk: 'リスク',
  folder: 'フォルダー',
  file: 'ファイル',
  violations: '違反',
  reasons: '理由',
  moreFiles: (count) => `ほかに違反 ${count}件（全部は mimawari report --csv ファイル）`,
  rootFolder: '（対象フォルダーの直下）',
  days: (days) => `${days}日`,
  excluded: '見回りから除いたもの',
  manners: '共有フォルダーへの影響',
  accessTimesMoved: (files) =>
    `${files}の「アクセス日時」が、読んだことで新しくなりました（この利用者の権限では止められません。mimawari doctor で確かめられます）。`,
  readAgain: (files) => `使用中だった${files}を、最後にもう一度読みました。`,
  rested: (seconds) => `読み取りが遅くなったため、あわせて ${seconds}秒 休みました。`,
  next: '次にすること',
  nextStopped: '同じコマンドをもう一度実行すると、続きから見回ります。',
  nextViolations:
    'リスクの高いものから、削除するか、パスワードをかけるか、関係者だけが読める場所へ移してください。詳しくは mimawari explain ファイル で見られます。',
  nextNotExamined:
    '読めなかったもの、判定できなかったものがあります。「違反なし」とは言えません。どのファイルがなぜかは、mimawari report --csv ファイル の「理由」と「調べられなかった理由」で分かります。',
  nextExcepted: (files) => `違反は ${files}ありますが、すべて方針で承認された例外です。例外の期限までに片付けてください。`,
  nextClean: '違反は見つかりませんでした。',
  explain: {
    verdict: '判定',
    found: '見つけたもの',
    nothing: '個人情報は見つかりませんでした。',
    unread: '中身を読めなかったので、個人情報があるかどうか分かりません。',
    nothingInPart: '読めた所に個人情報はありませんでした。読めなかった所は分かりません。',
    inMembers: '中のファイルで見つけました。続けて示します。',
    dropped: '似ているが個人情報としなかったもの',
    place: '場所',
    kind: '種類',
    confidence: '確かさ',
    value: '値',
    why: '理由',
    factors: { records: '件数', kinds: '種類', password: 'パスワード', access: 'アクセス権', age: '経過' },
    riskInside: '中のファイルのうち、最も高いリスクです',
    documentDates: (created, saved) => `文書の日付: 作成 ${created || '不明'}、最終保存 ${saved || '不明'}`,
    age: (days, basis, limit, rule, state) =>
      `${days === null ? '経過日数は不明（最終更新の日時がないか、未来の日時です）' : `経過 ${days}日（${AGE_FROM[basis]}から）`}、保管期間 ${
        limit === null ? '無期限' : `${limit}日`
      }（規則: ${rule}）: ${state}`,
    businessYear: (year, by) => `名前が示す年度: ${year}年度（${by}による）`,
    staleByDocument:
      '文書の最終保存で数えると、保管期間を過ぎています。コピーや復元で更新日だけが新しくなった、古いものかもしれません（方針の retentionFrom: document で判定に使えます）',
    retentionInside: (member) => `保管期間と経過日数は、中のファイル「${member}」のものです`,
    more: (count) => `ほかに ${count}件`,
    moreUnknown: 'ここで一覧を打ち切りました。ほかにもあるかもしれません。',
  },
};
