import type { CliWords } from './words.js';

export const cliJa: CliWords = {
  description: '共有フォルダーを見回り、個人情報のあるファイルを探し、保護されていないもの・保存期間を過ぎたものを知らせます。',
  examples: `
例:
  mimawari scan /srv/share                      共有フォルダーを見回り、要約を表示する
  mimawari scan /srv/share --csv 結果.csv       あわせて証拠の一覧を書き出す
  mimawari scan /srv/share --html 結果.html     あわせて管理者向けの報告を書き出す
  mimawari check "新しいフォルダー"               保存する前に、問題がないか確かめる
  mimawari explain 名簿.xlsx                    何が、どこに、なぜ見つかったかを示す

終了コード: 0 違反なし · 1 違反あり · 2 実行できない · 3 見られないファイルあり · 4 時間切れ · 130 中断`,
  seeHelp: '（mimawari <コマンド> --help で、使い方と例を表示します）',
  helpOption: 'この説明を表示する',
  helpCommand: 'コマンドの説明を表示する',
  versionOption: '版を表示する',
  helpTitles: { 'Usage:': '使い方:', 'Arguments:': '指定するもの:', 'Options:': 'オプション:', 'Commands:': 'コマンド:' },
  scan: 'フォルダーを見回り、全ファイルを調べて判定し、台帳に残し、要約を表示します',
  scanExamples: `
例:
  mimawari scan /srv/share
  mimawari scan /srv/share /srv/archive --exclude '**/作業用/**' --csv 結果.csv --jsonl 結果.jsonl
  mimawari scan D:\\共有 --policy mimawari.yaml --quiet`,
  check: '職員向け。記録を残さずに調べ、何をすればよいかを示します',
  checkExamples: `
例:
  mimawari check 名簿.xlsx
  mimawari check "新しいフォルダー"`,
  report: '前回の見回りの結果を台帳から書き出します（共有フォルダーには触れません）',
  reportExamples: `
例:
  mimawari report                               要約をもう一度表示する
  mimawari report --csv 結果.csv
  mimawari report --html 結果.html              ブラウザーで見る報告（印刷もできる）
  mimawari report --jsonl - | head`,
  explain: '一つのファイルで見つかったものを、場所・理由・確からしさとともに示します',
  explainExamples: `
例:
  mimawari explain 名簿.xlsx
  mimawari explain 名簿.xlsx --dropped          採らなかった候補も示す
  mimawari explain 名簿.xlsx --json --min-confidence weak`,
  init: '説明つきの方針ファイルのひな形を書きます',
  foldersArgument: '見回るフォルダー',
  pathsArgument: '確かめるファイルまたはフォルダー',
  fileArgument: '説明するファイル',
  policyArgument: '新しいファイルの名前（省略時は mimawari.yaml）',
  noSuchFile: 'ファイルが見つかりません',
  noSuchPath: 'そのようなフォルダーやファイルはありません。名前を確かめてください',
  emptyName: '名前が空です。フォルダーかファイルの名前を指定してください',
  namesStream: '代替データ ストリームは調べません。ファイルそのものを指定してください',
  noNativeLibrary:
    'ネイティブ ライブラリ（koffi）を読み込めません。誰が読めるかは分からないままになり、オフラインやクラウド上のファイルも見分けられず、取り寄せてしまうことがあります',
  nothingIncluded:
    "--include に合うファイルがありません。フォルダーのない形は、指定したフォルダーの直下だけに合います。すべての下の階層なら '**/*.csv' と書きます",
  nothingThere: '調べるものが見つかりませんでした',
  inventoryDiskFull:
    '台帳を置くディスクに空きがありません。空きを作るか、--inventory で別の場所を指定して、同じコマンドを実行してください。途中から続けます',
  damagedInventory: '台帳が壊れています。別の場所へ移すか、控えから戻してください。移せば、次の見回りで新しく作ります',
  idlePattern: (pattern) => `--exclude ${pattern} に合うものはありませんでした（どの階層にも合わせるには '**/名前' と書きます）`,
  rootUnread: (root, code) => (code === 'no-access' ? `${root}: このフォルダーを読む権限がありません` : `${root}: 読めません（${code}）`),
  pathLost: (path) => `${path}: 届かなくなりました。もう一度お試しください`,
  notAFile: '説明できるファイルではありません。ファイルを一つ指定してください',
  fault: 'プログラム自身の不具合です。お手数ですが、下の行を添えて報告してください',
  fileAsRoot: (folder) =>
    `scan にはフォルダーを指定してください（${folder} のファイルが指定されました）。一つのファイルは 'mimawari check' で確かめられます`,
  rootLost: (root) => `${root}: 見つからないか、届かなくなりました。ここまでの結果は残し、消えたとは数えません`,
  noInventory: (file) => `${file}: まだ見回りの記録がありません。先に 'mimawari scan' を実行するか、--inventory で台帳を指定してください`,
  policyExists: (file) => `${file}: すでにあります。別の名前を指定してください`,
  policyWritten: (file) => `${file}: 書きました。内容を確かめてから mimawari scan フォルダー --policy ${file} を実行してください`,
  progress: ({ folders, entries, reused, examined, toExamine }, seconds) =>
    `${Math.floor(seconds)} 秒  フォルダー ${folders}  件数 ${entries}  変更なし ${reused}  調査 ${examined}/${toExamine}`,
  dryRun: (sums, excluded) =>
    [
      `対象: フォルダー ${sums.folders}、ファイル ${sums.files}（${(sums.bytes / 1e6).toFixed(1)} MB）、リンク ${sums.links}、特殊ファイル ${sums.special}`,
      ...(sums.unread > 0 ? [`一覧を読めないフォルダー: ${sums.unread}`] : []),
      ...Object.entries(excluded).map(([pattern, count]) => `除外 ${pattern}: ${count}`),
      '',
    ].join('\n'),
};
