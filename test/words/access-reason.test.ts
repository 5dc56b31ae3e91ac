/** Reasons of access answers in Japanese: no English is left of any that the judgement makes, and names stay as they are. */
import { describe, expect, it } from 'vitest';
import { doubtText } from '../../src/words/access-doubt.js';
import { accessReasonText } from '../../src/words/access-reason.js';

describe('accessReasonText', () => {
  it.each<[reason: string, ja: string]>([
    ['mode 0644, parents passable', 'モード 0644 で全員が読め、上のフォルダーも通れます'],
    ['mode 0600, readable by the guest account', 'モード 0600 でゲストのアカウントが読めます'],
    ['mode 0640, readable by 全職員', 'モード 0640 で 全職員 が読めます'],
    ['owner alone: 1 reader', '所有者だけ: 読める人は1人'],
    ['administrators alone: 0 readers, all among the people concerned', '管理者だけ: 読める人は0人、すべて関係者'],
    ['group mwxg2: not among the people concerned: ito, sato and 3 more', 'グループ mwxg2: 関係者でない人が読めます（ito、sato、ほか3人）'],
    ['group zen: 45 readers > 30', 'グループ zen: 読める人は45人で、上限の30人を超えています'],
    [
      'group a, b, … and 2 named users: 40 of 60 known accounts',
      'グループ a、b、…と名指しの2人: 分かっているアカウント60のうち40が読めます',
    ],
    ['1 named user: 2 readers', '名指しの1人: 読める人は2人'],
    [
      'group soumu and owner taro, who may give himself the right: 3 readers',
      'グループ soumuと所有者 taro（自分で読めるように変えられます）: 読める人は3人',
    ],
    [
      'soumu and owner ito, who may give himself the right: 3 readers',
      'soumuと所有者 ito（自分で読めるように変えられます）: 読める人は3人',
    ],
    [
      'readable by others, but parents are closed to them: 2 readers',
      'ファイルは全員に開いていますが、上のフォルダーが閉じています: 読める人は2人',
    ],
    ['owner alone, but parents are closed to him: 0 readers', '所有者だけ（上のフォルダーは通れません）: 読める人は0人'],
    [
      'mode 0644: nobody knows who is in group 6999; nobody is known to read it',
      'モード 0644: グループ 6999 に誰が入っているか分かりません（この環境の名簿にありません）。読めると分かっている人はいません',
    ],
    [
      'NT access list: some readers are only possible; at least 2 readers',
      'NT のアクセス権: 読めるかもしれない人がいます。少なくとも2人が読めます',
    ],
    ['mode 0640: some readers are only possible; 2 to 40 can read it', 'モード 0640: 読めるかもしれない人がいます。読める人は2人から40人'],
    ['NT access list: Everyone (S-1-1-0) may read', 'NT のアクセス権で Everyone (S-1-1-0) が読めます'],
    ['mode 0644, parents passable, through share pub', 'モード 0644 で全員が読め、上のフォルダーも通れます（共有 pub から）'],
    [
      'owner alone, through share pub, where files are opened as root: 3 readers',
      '所有者だけ（root の名前でファイルを開く共有 pub から）: 読める人は3人',
    ],
    [
      'sato, ito, within group soumu, through shares a, b: 2 readers',
      'sato、ito（ファイルの権限は グループ soumu）（共有 a、b から）: 読める人は2人',
    ],
    ['group a; owner alone; …: 3 readers', 'グループ a。所有者だけ。ほか: 読める人は3人'],
    ['sato: 1 reader; on no share of this computer', 'sato: 読める人は1人（この計算機のどの共有からも届きません）'],
    ['not in the export acl.txt', '書き出し（acl.txt）にありません'],
    ['some words that nobody knows', 'some words that nobody knows'],
  ])('%s', (reason, ja) => {
    expect(accessReasonText(reason, 'ja')).toBe(ja);
    expect(accessReasonText(reason, 'en')).toBe(reason);
  });

  it('leaves no doubt of the sources in English', () => {
    for (const doubt of [
      'smb.conf could not be read',
      'its settings are in the registry of Samba',
      'smb.conf includes other settings for each client',
      'the path of the share differs from client to client',
      'the NT list of Samba could not be read',
      'only Samba itself knows whether its NT list is still in force',
      'the folder above could not be judged',
      'not looked at',
      'its owner is not in the export',
      'a running smbd uses other settings (/x) than those that were read',
      'Samba keeps an access list beside it (security.NTACL), and no share of the settings that were read leads to it',
    ])
      expect(doubtText(doubt, 'ja').replaceAll(/NTACL|security|Samba|smb\.conf|include|smbd|smbConf/gu, '')).not.toMatch(/[a-z]{3}/u);
  });
});
