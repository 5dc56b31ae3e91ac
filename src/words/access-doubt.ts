/**
 * Why it is not known who reads, in the user's language. The reasons of access lists are technical English; one without a rule here is shown as it is.
 * Whole reasons are access-reason.ts.
 */
import type { Lang } from '../../detectors/contract.js';

const RULES_JA: readonly (readonly [pattern: RegExp, ja: (what: string) => string])[] = [
  [/^its access list could not be read$/u, () => 'アクセス権の一覧（ACL）を読めませんでした'],
  [/^the share's access list could not be read$/u, () => '共有のアクセス権を読めませんでした'],
  [/^nobody knows who is in group (.+)$/u, (group) => `グループ ${group} に誰が入っているか分かりません（この環境の名簿にありません）`],
  [/^nobody knows whom (.+) stands for$/u, (id) => `${id} が誰を指すか分かりません（この環境の名簿にありません）`],
  [
    /^permissions shown by (.+) are not those of the server$/u,
    (type) => `${type} の接続先では、ここに見える権限はサーバーのものではありません。サーバーの上か Windows から調べてください`,
  ],
  [/^smb\.conf could not be read$/u, () => 'smb.conf を読めず、共有が分かりません'],
  [/^smb\.conf has too many lines$/u, () => 'smb.conf が長すぎて、共有が分かりません'],
  [/^smb\.conf includes too many files in each other$/u, () => 'smb.conf の include が深すぎて、共有が分かりません'],
  [/^smb\.conf includes other settings for each client$/u, () => 'smb.conf が、つなぐ端末ごとに別の設定を読み込みます'],
  [/^its settings are in the registry of Samba$/u, () => 'Samba の設定がレジストリーにあり、読めません'],
  [/^the path of the share differs from client to client$/u, () => '共有の場所が、つなぐ端末ごとに異なります'],
  [/^the NT list of Samba could not be read$/u, () => 'Samba の NT のアクセス権を読めませんでした'],
  [
    /^only Samba itself knows whether its NT list is still in force$/u,
    () => 'NT のアクセス権がまだ効いているかどうかは、Samba にしか分かりません',
  ],
  [
    /^the folder (\/|above) could not be judged$/u,
    (which) => `${which === '/' ? 'フォルダー /' : '上のフォルダー'} を判定できませんでした`,
  ],
  [/^the folder was not looked at$/u, () => 'フォルダーを見ていません'],
  [/^not looked at$/u, () => '見ていません'],
  [/^it is mounted below a folder of another server$/u, () => '別のサーバーのフォルダーの下につながれた場所です'],
  [/^the server gave no access list$/u, () => 'サーバーからアクセス権が得られませんでした'],
  [/^acl-unreadable: the access list of the server could not be read$/u, () => 'サーバーのアクセス権を読めませんでした'],
  [/^acl-unreadable: the access list of the server is damaged$/u, () => 'サーバーのアクセス権が壊れています'],
  [/^acl-unreadable: the native library koffi could not be loaded$/u, () => 'ライブラリー koffi を読み込めず、アクセス権を読めません'],
  [/^acl-unreadable: (.+)$/u, (cause) => `アクセス権を読めませんでした（${cause}）`],
  [/^a folder above it is not in the export (.+)$/u, (files) => `上のフォルダーが、書き出し（${files}）にありません`],
  [/^not in the export (.+)$/u, (files) => `書き出し（${files}）にありません`],
  [/^its owner is not in the export$/u, () => '所有者が書き出しにありません'],
  [/^its list is empty in the export$/u, () => '書き出しで、アクセス権が空です'],
  [/^its list in the export is damaged$/u, () => '書き出しのアクセス権が壊れています'],
  [/^its list in the export: (.+)$/u, (detail) => `書き出しのアクセス権を読めません（${detail}）`],
  [/^the list of a folder above it is damaged in the export$/u, () => '書き出しで、上のフォルダーのアクセス権が壊れています'],
  [/^a folder above it: (.+)$/u, (inner) => `上のフォルダー: ${doubtText(inner, 'ja')}`],
  [/^two different lists for this path$/u, () => '書き出しに、この場所のアクセス権が二通りあります'],
  [/^the export is cut here$/u, () => '書き出しが途中で切れています'],
  [/^its line with a list is missing in the export$/u, () => '書き出しに、アクセス権の行がありません'],
  [/^smb\.conf is refused by testparm$/u, () => 'smb.conf に誤りがあり（testparm が受け付けません）、共有が分かりません'],
  [
    /^a running smbd uses other settings \((.+)\) than those that were read$/u,
    (conf) =>
      `動いている smbd が、読んだものとは別の設定（${conf}）を使っています。その smbd が共有しているなら、方針の「smbConf」に設定の場所を書いてください`,
  ],
  [
    /^Samba keeps an access list beside it/u,
    () =>
      'Samba のアクセス権（security.NTACL）が付いていますが、読んだ設定のどの共有からも届きません。別の設定で動く Samba があるなら、方針の「smbConf」に設定の場所を書いてください',
  ],
  [/^acl-format: lists of Samba's module (.+) are not read$/u, (name) => `Samba のモジュール ${name} のアクセス権は読めません`],
  [/^acl-format: (.+)$/u, (name) => `この形式のアクセス権（${name}）は読めません`],
  [/^access lists of (.+) are not read$/u, (system) => `${system} のアクセス権は読めません`],
  [/^some readers are only possible$/u, () => '読めるかもしれない人がいます'],
];

export function doubtText(doubt: string, lang: Lang): string {
  if (lang !== 'ja') return doubt;
  for (const [pattern, ja] of RULES_JA) {
    const found = pattern.exec(doubt);
    if (found !== null) return ja(found[1] ?? '');
  }
  return doubt;
}
