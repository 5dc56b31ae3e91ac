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
  mimawari access 名簿.xlsx                     誰がどこを通って読めるか、どうすれば閉じるかを示す
  mimawari reach                                一つのアカウントが乗っ取られたら何が漏れるかを示す
  mimawari doctor /srv/share                    何を読めて何を読めないかを、先に確かめる

終了コード: 0 違反なし · 1 違反あり · 2 実行できない · 3 見られないファイルあり · 4 時間切れ · 130 中断`,
  seeHelp: '（mimawari <コマンド> --help で、使い方と例を表示します）',
  helpOption: 'この説明を表示する',
  helpCommand: 'コマンドの説明を表示する',
  versionOption: 'プログラム、台帳、辞書、実行環境の版を表示する',
  versionLines: (program, schema, dictionaries, runtime) => [
    `mimawari ${program}`,
    `台帳の形式 ${schema}`,
    `辞書 ${dictionaries}`,
    `実行環境 ${runtime}`,
  ],
  helpTitles: { 'Usage:': '使い方:', 'Arguments:': '指定するもの:', 'Options:': 'オプション:', 'Commands:': 'コマンド:' },
  scan: 'フォルダーを見回り、全ファイルを調べて判定し、台帳に残し、要約を表示します',
  scanExamples: `
例:
  mimawari scan /srv/share
  mimawari scan /srv/share /srv/archive --exclude '**/作業用/**' --csv 結果.csv --jsonl 結果.jsonl
  mimawari scan D:\\共有 --policy mimawari.yaml --quiet
  mimawari scan --config mimawari.yaml          対象、方針、出力、お知らせを設定のとおりに
  mimawari scan --config mimawari.yaml --max-bytes-per-second 20M --log json`,
  check: '職員向け。記録を残さずに調べ、何をすればよいかを示します',
  checkExamples: `
例:
  mimawari check 名簿.xlsx
  mimawari check "新しいフォルダー"               中のファイルを全部確かめる
  mimawari check D:\\提出 --stamp D:\\確認.html   直すところがなければ、確認の印を残す

○ 問題なし · × このままではいけない · △ 例外として承認されている · ？ 確かめられない · － 対象外
終了コード: 0 直すところなし · 1 × がある · 2 実行できない · 3 ？ がある · 130 中断`,
  report: '前回の見回りの結果を台帳から書き出します（共有フォルダーには触れません）',
  reportExamples: `
例:
  mimawari report                               要約をもう一度表示する
  mimawari report --csv 結果.csv
  mimawari report --html 結果.html              ブラウザーで見る報告（印刷もできる）
  mimawari report --jsonl - | head`,
  diff: '前の回と比べて、新しい・続いている・解消した・再発した違反を示します（共有フォルダーには触れません）',
  diffExamples: `
例:
  mimawari diff                                 ひとつ前の、最後まで見た回と比べる
  mimawari diff --since 2026-04-01              4月1日の回と比べる
  mimawari diff --since 12 --json               第12回と比べ、一件を一行の JSON で示す
  mimawari diff --trend                         回ごとの違反（例外を除く）の数の移り変わり

終了コード: 0 新しい違反なし · 1 新しい違反、または再発した違反あり · 2 実行できない`,
  history: '一つのファイルが、いつから、どうであったかを示します',
  historyExamples: `
例:
  mimawari history /srv/share/総務部/名簿.xlsx
  mimawari history 総務部/名簿.xlsx              対象フォルダーから下の名前でもよい（消えたファイルも）`,
  historyArgument: '調べたいファイル（消えたものでもよい）',
  noSuchEarlierRun: (run, from) =>
    `--since ${run}: その回とは比べられません。第${from}回から、ひとつ前の回までの番号を指定してください（mimawari diff --trend で分かります）`,
  notInInventory: (file) => `${file}: 台帳にありません。見回りの対象かどうかと、名前を確かめてください`,
  isLeftOut: (pattern) =>
    pattern === null
      ? '見回りの対象から外れています（include のどのパターンにも合いません）'
      : `見回りの対象から外れています（exclude のパターン「${pattern}」に合います）`,
  duplicates: '同じ名簿が何か所にあるかを示します（中身が同じもの、同じ人たちが載っているもの）',
  duplicatesExamples: `
例:
  mimawari duplicates                           写しの多い名簿から。最も古いものと、最も広く読めるもの
  mimawari duplicates --json > 写し.jsonl       すべてを1行ずつ`,
  explain: '一つのファイルで見つかったものを、場所・理由・確からしさとともに示します',
  explainExamples: `
例:
  mimawari explain 名簿.xlsx
  mimawari explain 名簿.xlsx --dropped          採らなかった候補も示す
  mimawari explain 名簿.xlsx --json --min-confidence weak`,
  access: '一つのファイルを誰がどこを通って読めるかを示します。開いているときは、閉じるためのコマンドを示します（実行はしません）',
  accessExamples: `
例:
  mimawari access 名簿.xlsx
  mimawari access /srv/share/人事/名簿.xlsx --root /srv/share     共有の先頭のフォルダーから数える
  mimawari access 名簿.xlsx --policy mimawari.yaml --json`,
  reach: 'アカウントごとに、読めるファイル・件数・人数を示します。そのアカウントや端末が乗っ取られたときに漏れるものです',
  reachExamples: `
例:
  mimawari reach                                読める人数の多いアカウントから示す
  mimawari reach --as taro                      一つのアカウントを詳しく
  mimawari reach --as soumu                     このグループだけに属する人が読めるもの
  mimawari reach --json > reach.jsonl           すべてを1行ずつ`,
  doctor: '最初の見回りの前に、何を読めて何を読めないか、どれだけかかるか、何を直すかを示します',
  doctorExamples: `
例:
  mimawari doctor /srv/share
  mimawari doctor --config mimawari.yaml        設定、置き場所、メールサーバーも確かめる
  mimawari doctor --config mimawari.yaml --json

終了コード: 0 問題なし · 3 調べられないものがある · 2 見回りを実行できない`,
  init: '説明つきの設定ファイルのひな形を書きます',
  initExamples: `
例:
  mimawari init                                 mimawari.yaml を書く（すでにあれば書かない）
  mimawari init /etc/mimawari/mimawari.yaml
  mimawari doctor --config mimawari.yaml        直したら、これで確かめる`,
  foldersArgument: '見回るフォルダー',
  pathsArgument: '確かめるファイルまたはフォルダー',
  fileArgument: '説明するファイル',
  policyArgument: '新しいファイルの名前（省略時は mimawari.yaml、- なら標準出力）',
  accessFileArgument: '調べるファイル',
  noSuchPrincipal: (asked, like) =>
    like.length > 0
      ? `--as ${asked}: 前回の見回りで分かったアカウントやグループにありません。似た名前: ${like.join('、')}`
      : `--as ${asked}: 前回の見回りで分かったアカウントにも、アクセス権に現れたグループにもありません。ユーザー名、グループ名、u:UID、g:GID、SID のどれかで指定してください。一覧は 'mimawari reach --json' で見られます`,
  notBelow: (file, root) => `--root ${root}: ${file} はこのフォルダーの中にありません`,
  noFolder: '見回るフォルダーを指定してください（設定ファイル（--config）の roots にも書けます）',
  noSuchFile: 'ファイルが見つかりません',
  noSuchPath: 'そのようなフォルダーやファイルはありません。名前を確かめてください',
  emptyName: '名前が空です。フォルダーかファイルの名前を指定してください',
  namesStream: '代替データ ストリームは調べません。ファイルそのものを指定してください',
  noOcr: (archive) =>
    `--ocr: OCR の部品がないため、画像とスキャンは読めません。${archive === null ? 'npm install tesseract.js-core @tesseract.js-data/jpn を実行してください' : `${archive} を、このプログラムのフォルダーに重ねて展開してください`}`,
  noNativeLibrary:
    'ネイティブ ライブラリ（koffi）を読み込めません。誰が読めるかは分からないままになり、オフラインやクラウド上のファイルも見分けられず、取り寄せてしまうことがあります',
  nothingIncluded:
    "--include に合うファイルがありません。フォルダーのない形は、指定したフォルダーの直下だけに合います。すべての下の階層なら '**/*.csv' と書きます",
  nothingThere: '調べるものが見つかりませんでした',
  inventoryDiskFull:
    '台帳を置くディスクに空きがありません。空きを作るか、--inventory で別の場所を指定して、同じコマンドを実行してください。台帳の中身は失われておらず、途中から続けます',
  inventoryUnreadable:
    '台帳を置くディスクを読み書きできません。ディスクとつながりを確かめてから、同じコマンドを実行してください。途中から続けます',
  damagedInventory:
    '台帳が壊れています。次の mimawari scan が、壊れた台帳を別の名前で残し、読めるところを引き継いで作り直します。控えがあれば、それに戻してもかまいません',
  putAside: (file, { aside, runs, entries, past, torn, begins }) =>
    [
      `${file}: 台帳が壊れていたので、${aside} という名前に変えて残し、作り直しました`,
      `  引き継いだもの: 見回りの記録 ${runs}回、ファイルの記録 ${entries}件、以前の状態の記録 ${past}件（例外は方針ファイルにあり、失われません）`,
      '  失われたもの: ファイルの中身を調べた結果（この見回りで全部読み直します）、重複を除いた人数（読み直すまで出ません）',
      ...(begins === null
        ? []
        : [`  失われたもの: この見回り（第${begins}回）より前の経過。この回は、初めての回と同じく、前の回とは比べません`]),
      ...(torn.length > 0
        ? [`  一部または全部を読めなかった表: ${torn.join('、')}（そこにあったものは、いくつ失われたか分かりません）`]
        : []),
    ].join('\n'),
  unknownGroups: (names) =>
    `方針の broadGroups にある${names.map((name) => `「${name}」`).join('')}という名前のグループはありません。このグループに読めるファイルは「開放」と見なされません。名前を確かめるか、SID・gid で書いてください`,
  wordsChanged: (files) =>
    files === 0
      ? '方針の words（または年）が前回と違いますが、それで結果が変わるファイルはありません。何も読み直しません'
      : `方針の words（または年）が前回と違うため、結果が変わりうるファイル ${files}件を読み直します（ほかのファイルは読みません）`,
  idleConcerned: (folder) =>
    `方針の concerned にある「${folder}」に合うフォルダーはありませんでした。この関係者の一覧は、どこにも効いていません（見回るフォルダーから下の場所で書きます。どの階層にも合わせるには '**/名前'）`,
  idlePattern: (pattern, isOption) =>
    `${isOption ? `--exclude ${pattern} ` : `設定の exclude にある「${pattern}」`}に合うものはありませんでした（どの階層にも合わせるには '**/名前' と書きます）`,
  rootMissing: (root) => `${root}: 今は届きません。ほかのフォルダーを見回ります。ここにあったものは、消えたとは数えません`,
  rootUnread: (root, code) => (code === 'no-access' ? `${root}: このフォルダーを読む権限がありません` : `${root}: 読めません（${code}）`),
  pathLost: (path) => `${path}: 届かなくなりました。もう一度お試しください`,
  notAFile: 'ファイルではありません（フォルダーなど）。その中のファイルを一つ指定してください',
  fault: 'プログラム自身の不具合です。お手数ですが、下の行を添えて報告してください',
  fileAsRoot: (folder) =>
    `scan にはフォルダーを指定してください（${folder} のファイルが指定されました）。一つのファイルは 'mimawari check' で確かめられます`,
  rootLost: (root) =>
    `${root}: 見つからないか、届かなくなりました。ほかのフォルダーは見回りました。ここまでの結果は残し、消えたとは数えません`,
  rootReplaced: (root) =>
    `${root}: 前回まであったものが一つもなく、別のフォルダーになっています。共有の接続が外れていませんか。消えたとは数えません。つなぎ直して、もう一度実行してください。入れ替えたのなら --accept-replaced を付けてください`,
  runNotKept: (run) =>
    `--run ${run}: その回の報告は作れません。作れるのは、最後まで終わった一番新しい回（last-complete）と、それより後の回です。回の番号は mimawari diff --trend で分かります`,
  noCompleteRun: (file) => `${file}: 最後まで終わった見回りがまだありません`,
  noInventory: (file) => `${file}: まだ見回りの記録がありません。先に 'mimawari scan' を実行するか、--inventory で台帳を指定してください`,
  policyExists: (file) => `${file}: すでにあります。別の名前を指定してください`,
  policyWritten: (file) =>
    `${file}: 書きました。内容を直したら mimawari doctor --config ${file} で確かめ、mimawari scan --config ${file} で見回ります`,
  mailFailed: (failed, all, server, codes) =>
    `メール ${all}通のうち ${failed}通を送れませんでした（${server}: ${codes}）。見回りの結果に変わりはありません。mimawari report で見られます`,
  progress: ({ folders, entries, reused, examined, toExamine }, seconds) =>
    `${Math.floor(seconds)} 秒  フォルダー ${folders}  件数 ${entries}  変更なし ${reused}  調査 ${examined}/${toExamine}`,
  checkProgress: ({ entries, examined, toExamine }, seconds) =>
    `確かめています … ${examined}/${toExamine}件（見つけたファイル ${entries}件、${Math.floor(seconds)}秒）`,
  dryRun: (sums, excluded) =>
    [
      `対象: フォルダー ${sums.folders}、ファイル ${sums.files}（${(sums.bytes / 1e6).toFixed(1)} MB）、リンク ${sums.links}、特殊ファイル ${sums.special}`,
      ...(sums.unread > 0 ? [`一覧を読めないフォルダー: ${sums.unread}`] : []),
      ...Object.entries(excluded).map(([pattern, count]) => `除外 ${pattern}: ${count}`),
      '',
    ].join('\n'),
};
