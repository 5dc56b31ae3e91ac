/** The sentences of `mimawari access` in Japanese. */
import type { AccessWords } from './access.js';

export const accessJa: AccessWords = {
  state: 'アクセス権',
  because: (source, reason) => `（根拠 ${source}: ${reason}）`,
  gates: '読むまでに通るところ（すべてを通れる人だけが読めます）',
  gatesOfWays: '読むまでに通るところ（次の経路のどれか一つについて、そのすべてを通れる人が読めます）',
  way: {
    share: (name) => `共有 ${name} から`,
    server: () => 'サーバーに直接入って',
    root: () => '見回るフォルダーを見せている先から',
  },
  unknownShare: 'あるかもしれない共有',
  foldersFrom: (folder) => `${folder} から下のフォルダー`,
  ntList: 'Samba の NT のアクセス権',
  gateNames: { share: '共有', folder: 'フォルダー', file: 'ファイル' },
  passes: '通れる',
  readsBy: '読める',
  selfGiver: (owner) => `所有者 ${owner} は今のままでは開けませんが、自分で読めるように変えられるので、数えています`,
  noGates: 'このファイルについては、途中のフォルダーごとの説明はできません。',
  readers: '読める人',
  everybodyAndGuests: '全員（アカウントのない人も）',
  everybody: 'アカウントのある全員',
  guests: 'ゲスト（アカウントのない人）',
  nobody: '管理者のほかには誰もいません',
  except: (names) => `（${names} を除く）`,
  named: (count, names, more) => `${count}人: ${names}${more === '' ? '' : `、ほか${more}人`}`,
  possibly: (who) => `かもしれない: ${who}`,
  andPossibly: 'ほかにもいるかもしれません',
  anybody: '誰が読めるか分かりません。全員かもしれません',
  unresolved: 'メンバーの分からないグループ',
  unknown: '分からないこと',
  counted: '数えた範囲',
  countedFrom: (folder) => `${folder} から下`,
  countedByWay: '経路ごとに、それぞれのフォルダー（下にあります）',
  notCounted: (folder, permission, who) => `${folder}（${permission}）を通れる: ${who}`,
  notCountedNote:
    '共有の先頭より上のフォルダーは数えていません。サーバーに直接入る人や、もっと上を共有している場合は、ここも通る必要があります。共有の先頭は --root で指定できます。',
  close: '閉じるには',
  closeNote: 'mimawari は実行しません。内容を確かめ、権限のある人が実行してください。1行目で今の状態を控えます。',
  closeFile: 'このファイルだけを閉じる:',
  closeFolder: (folder, files) => `フォルダーで閉じる（${folder} の中の ${files}はすべて開いています）:`,
  closesRoot: '共有の先頭のフォルダーです。中にあるものすべてが、残る人だけのものになります。',
  removes: '読めなくなる',
  keeps: '残る',
  others: 'そのほかの全員',
  owner: (name) => `所有者 ${name}`,
  group: (name) => `グループ ${name}`,
  readersAfter: (count) => (count === 0 ? '管理者のほかに読める人はいません' : `読める人は ${count}人まで`),
  afterwards: (state, reason) => `実行後、このファイルは: ${state}（${reason}）`,
  restore: '元に戻す:',
  noRemedyShares: (shares) =>
    `共有 ${shares} から読めるため、ファイルやフォルダーの権限の変更で閉じる方法は見つかりません。その共有に接続できる人を絞ってください（Samba では「valid users」）。`,
  noRemedies: {
    'owner-guest': () =>
      '権限の変更では閉じられません。所有者がゲストのアカウントで、所有者はいつでも自分を読めるようにできるためです。所有者を変えてください（chown）。',
    'owner-not-concerned': (owner) =>
      `権限の変更では閉じられません。所有者 ${owner} が関係者ではなく、所有者はいつでも自分を読めるようにできるためです。所有者を変えるか（Unix は chown、Windows は icacls /setowner）、方針の「concerned」に ${owner} を加えてください。`,
    'exported-names': () =>
      'コマンドは示せません。書き出しのグループとアカウントが名前で書かれていて、番号がこの計算機と違うかもしれないためです。番号で書き出し直すか（getfacl -n）、サーバーの上で、全員にあたるグループを一覧から外してください。',
    'exported-path': () =>
      'コマンドは示せません。サーバーでのフォルダーの場所が分からないためです。方針の「exportedAs」に、サーバーでの場所（D:\\…、\\\\サーバー\\共有）を書いてください。',
    'exported-entries': () =>
      'コマンドは示せません。アクセス権に、どのドメインか分からないグループがあるためです。方針の「accessFrom」の「domain」に、ドメインの SID を書いてください。',
    unknown: () =>
      'このプログラムが書ける一覧の変更では閉じられません。上に挙げた人を手で一覧から外すか、関係者だけのフォルダーへ移してください。',
  },
  exportedNote:
    'アクセス権は、書き出しから読みました。書き出したサーバーの上で実行してください。実行後の見込みも書き出しによるものなので、あとで書き出し直してください。',
  sambaNote:
    'Samba は、このファイルを自分の一覧で判断しています。Windows の PowerShell で、共有を通して権限を変えられる人が実行してください。',
  limits: '「限定」は、バックアップ、スナップショット（以前のバージョン）、同期した写し、メール、管理者については何も言っていません。',
};
