import type { DoctorWords, OwnPlace } from './words.js';

const OWN: Readonly<Record<OwnPlace, string>> = {
  inventory: '台帳',
  key: '鍵',
  csv: 'CSV の報告',
  jsonl: 'JSONL の報告',
  prometheus: 'Prometheus 用のファイル',
};

const READ_RIGHT = 'この利用者に読み取りの権限を与えてください（Linux では CAP_DAC_READ_SEARCH、Windows では Backup Operators）';

export const doctorJa: DoctorWords = {
  host: 'このコンピューター',
  places: '台帳などの置き場所',
  result: {
    0: '見回りを始められます。',
    2: 'このままでは見回りを実行できません。× の行を直してください。',
    3: '見回りはできますが、調べられないもの、判定できないものがあります。△ の行をご覧ください。',
  },
  node: (version, isEnough) => ({
    text: `Node.js ${version}`,
    ...(isEnough ? {} : { todo: 'Node.js 20.16 以降（22、24 も可）を入れてください' }),
  }),
  memory: (available, needed, cores, workers, isEnough) => ({
    text: `メモリーの空き ${available} MB、CPU ${cores} 個。読み取りプロセス ${workers} 個で最大 ${needed} MB 使います`,
    ...(isEnough ? {} : { todo: 'メモリーを空けるか、読み取りプロセスを減らしてください（--workers）' }),
  }),
  worker: (milliseconds) => ({ text: `読み取りプロセスが動き、架空の人物の情報を見つけました（${milliseconds} ミリ秒）` }),
  workerFails: (detail) => ({ text: `読み取りプロセスが動きません: ${detail}`, todo: '入れ直してください（npm ci、npm run build）' }),
  sqlite: (name) => ({ text: `データベース ${name}` }),
  sqliteFails: (detail) => ({
    text: `データベースを使えません: ${detail}`,
    todo: '入れ直すか（npm ci）、Node.js 22.13 以降を使ってください',
  }),
  koffi: (loads) =>
    loads
      ? { text: 'アクセス権の一覧を、システムから読めます（koffi）' }
      : {
          text: 'アクセス権の一覧を、システムから読めません（koffi がありません）',
          todo: '入れ直してください（npm ci）。このままでは、一覧で決まるファイルは「判定不能」になります',
        },
  ocr: (present, wanted, archive) =>
    present
      ? { text: `OCR を使えます${wanted ? '' : '（画像を読むのは --ocr を付けたときだけです）'}` }
      : {
          text: `OCR の部品は入っていません。画像とスキャンは「読めなかった」と報告します${wanted ? '' : '（要るのは --ocr を付けるときだけです）'}`,
          ...(wanted
            ? {
                todo:
                  archive === null
                    ? 'npm install tesseract.js-core @tesseract.js-data/jpn'
                    : `${archive} を、プログラムのフォルダーに重ねて展開してください`,
              }
            : {}),
        },
  configuration: (file) => ({ text: `設定ファイル ${file}: 誤りはありません` }),
  configurationFaults: (fault) => ({ text: fault, todo: '設定ファイルを直してください' }),
  noRoots: { text: '見回るフォルダーが指定されていません', todo: 'フォルダーを指定するか、設定ファイルの roots に書いてください' },
  files: (files, folders, bytes, isExact) => ({
    text: `${isExact ? '' : '約 '}${files} ファイル、${folders} フォルダー、${bytes}${isExact ? '' : '（一部を見た推定。半分ほどずれることがあります）'}`,
  }),
  noFiles: {
    text: '見回るファイルがありません',
    todo: '共有フォルダーはつながっていますか。対象と除外の指定（include、exclude）は合っていますか',
  },
  unreadFolders: (count) => ({ text: `見た範囲に、一覧を読めないフォルダーが ${count} あります`, todo: READ_RIGHT }),
  readable: (opened, tried, isAll) => ({
    text: `抜き出した ${tried} ファイルのうち ${opened} を開けます`,
    ...(isAll ? {} : { todo: `開けないものは「判定不能」になります。${READ_RIGHT}` }),
  }),
  fileSystem: (type) => ({ text: `ファイルシステム ${type}` }),
  access: (percent, source) => ({ text: `だれが読めるかは、抜き出したうち ${percent} で分かります（調べ方: ${source}）` }),
  accessUnknown: (percent, reason) => ({
    text: `だれが読めるかは、抜き出したうち ${percent} で分かりません: ${reason}`,
    todo: 'パスワードで守られていなければ「判定不能」になります。できれば、ファイルサーバー自身の上で見回ってください',
  }),
  broadGroupsUnknown: (names) => ({
    text: `方針の broadGroups にある${names.map((name) => `「${name}」`).join('')}という名前のグループはありません。このグループに読めるファイルは「開放」と見なされません`,
    todo: '名前を確かめるか、SID・gid で書いてください',
  }),
  concernedIdle: (folder) => ({
    text: `方針の concerned にある「${folder}」に合うフォルダーがありません。この関係者の一覧は、どこにも効いていません`,
    todo: "見回るフォルダーから下の場所で書いてください。どの階層にも合わせるには '**/名前' と書きます",
  }),
  samba: (conf) => ({ text: `Samba の共有: 設定は ${conf} を読みました` }),
  sambaDoubt: (doubt) => ({
    text: `Samba の共有がすべて分かってはいません: ${doubt}`,
    todo: '設定を読めるようになるまで、「限定」になるはずのファイルは「不明」になります',
  }),
  sambaOther: (shown, canBeRead) => ({
    text: `動いている smbd が、読んだものとは別の設定を使っています: ${shown}`,
    todo: canBeRead
      ? `その smbd がこのフォルダーを共有しているなら、方針に「smbConf: ${shown}」と書いてください。それまでは誰が読めるか分からず、アクセス権は「不明」になります`
      : 'その smbd がこのフォルダーを共有しているかもしれません。設定（方針の「smbConf」に書けます）が分かるまで、アクセス権は「不明」になります',
  }),
  accessTimes: (kept) =>
    kept === 'asked'
      ? { text: 'ファイルのアクセス日時は変わりません' }
      : kept === 'mount'
        ? { text: 'ファイルのアクセス日時は変わりません（記録しない設定の場所です: noatime）' }
        : {
            text: 'ファイルのアクセス日時が、読むことで新しくなります（この利用者のファイルではないため）',
            todo:
              kept === 'moved-windows'
                ? 'このシステムがアクセス日時を記録する設定かを確かめてください（fsutil behavior query disablelastaccess）。差し支えなければ、そのままでもかまいません'
                : 'CAP_FOWNER を与えるか、noatime で接続してください。差し支えなければ、そのままでもかまいません',
          },
  links: (links, special) => ({ text: `見た範囲に、リンク ${links}（たどりません）、特殊ファイル ${special}（開きません）` }),
  time: (first, later, sample) => ({
    text: `最初の見回りは約 ${first}、次からは ${later} ほどから（ここで ${sample} ファイルを読んだ結果から）`,
  }),
  timeUnknown: { text: 'アクセス日時を変えずに読めるファイルがないので、かかる時間は分かりません' },
  rateBound: (time) => ({ text: `速さの上限があるので、最初の見回りには少なくとも ${time} かかります` }),
  place: (what, free, makesFolder) => ({
    text: `${OWN[what]}: 書き込めます（空き ${free}）${makesFolder ? '。フォルダーはまだないので、見回りのときに作ります' : ''}`,
  }),
  belowRoot: (what, root) => ({ text: `${OWN[what]}: 見回るフォルダー ${root} の中にあります`, todo: '外の場所にしてください' }),
  unwritable: (what, cause) => ({
    text: `${OWN[what]}: 書き込めません（${cause}）`,
    todo: '別の場所にするか、この利用者に権限を与えてください',
  }),
  lowSpace: (free, needed) => ({
    text: `台帳: 空きは ${free} ですが、${needed} ほど要りそうです`,
    todo: '空きを作るか、別の場所にしてください',
  }),
  onNetwork: (type) => ({
    text: `台帳: ネットワーク上の場所（${type}）にあります`,
    todo: 'このコンピューターのディスクに置いてください。共有の上では遅く、壊れることもあります',
  }),
  keyBeside: {
    text: '鍵: 台帳と同じフォルダーにあります',
    todo: '両方を写し取られると、番号を総当たりで探せます。鍵は別の場所に置いてください（--key、systemd の credential）',
  },
  keyOpen: { text: '鍵: ほかの利用者が読めます', todo: '所有者だけが読めるようにしてください（chmod 600）' },
  keyMissing: { text: '鍵: 台帳はありますが、その鍵がありません', todo: '鍵を元の場所に戻すか、新しい台帳で始めてください' },
  inventoryOlder: { text: '台帳: 古い版のものです。次の見回りのときに、控えを横に残してから新しくします' },
  inventoryDamaged: {
    text: '台帳: 壊れています。次の見回りが別の名前で残し、読めるところを引き継いで作り直し、ファイルを全部読み直します',
    todo: 'その時間を見込むか、控えに戻してください。台帳を置いているディスクも確かめてください',
  },
  inventoryUnusable: (why) => ({ text: `台帳: ${why}` }),
  departmentUnmatched: (names) => ({
    text: `見た範囲にファイルのない部署: ${names}`,
    todo: 'paths の書き方を確かめてください。見回るフォルダーから下の場所で書きます',
  }),
  managerMissing: (names) => ({ text: `メールの宛先（manager）のない部署: ${names}`, todo: 'この部署にはお知らせが届きません' }),
  managersNotAsked: (names) => ({
    text: `manager が書いてありますが、notify で指定しないとメールは届きません: ${names}`,
    todo: 'notify に「departments: true」と書いてください（省略時は false）。送らないなら「departments: false」と書けば、この行は出ません',
  }),
  mail: (server) => ({ text: `メールサーバー ${server} につながりました` }),
  mailFails: (server, why) => ({
    text: `メールサーバー ${server}: ${why}`,
    todo: '設定の notify を直してください。見回りはできますが、お知らせが届きません',
  }),
};
