/** Why it is not known who reads, in the user's language. The reasons of access lists are technical English; one without a rule here is shown as it is. */
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
