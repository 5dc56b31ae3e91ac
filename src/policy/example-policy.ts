/** Every setting of the policy with its default and an example beside it: the second half of what `mimawari init` writes (example-site.ts). It reads back to the default policy. */

export const EXAMPLE_POLICY = `# mimawari の方針ファイル / policy file (YAML, UTF-8)
# 書かれていない項目は既定値になります。先頭の「# 」を外すと例が有効になります。
# What is not written keeps its default. Take away a leading "# " to use an example.

# 保管期間: 最終更新からの日数。下の規則に当てはまらないファイルに使います。
# Retention by last change, for files under no rule below. 90 days / 5 years
retentionDefault: 365 days

# 保管期間の規則: 上から順に見て、最初に当てはまったものを使います。
# Rules: the first one that fits decides. Patterns are matched on the path below the scanned folder.
retention: []
#   - name: 健康診断個人票
#     paths: ["人事部/健診/**"]
#     formats: [xlsx, pdf]      # 省略するとすべての形式 / left out: any format
#     keep: 5 years             # 90 days, 5 years, forever

# 弱い方式のパスワード（古い xls・doc・PDF・ZIP）もパスワードとして認めるか。
# Does a weak kind of password (old xls, doc, PDF, ZIP) count as a password? It is always told.
weakPasswordProtects: true

# 調べられなくても終了コード 3 にしない原因（件数には必ず出ます）。
# Causes that don't raise exit code 3; they are counted all the same.
tolerate: []
# tolerate: [needs-ocr, offline]

# この人数を超えて読めるファイルは「開放」と見なします。
# More readers than this, and access is open.
readersMax: 30

# 全職員にあたるグループの名前または番号（SID、gid）。
# Groups that stand for everybody, by name or id, besides the built-in ones.
broadGroups: []
# broadGroups: [全職員, S-1-5-21-1004336348-1177238915-682003330-1201]

# 見回る範囲。include が空ならすべて。除いたものは数えて報告します。
# What to walk; include empty: everything. What is left out is counted.
include: []
exclude: []
# exclude: ["**/*.iso", "システム/ログ/**"]

# この組織だけの言葉 / this site's own words
words:
  # 見出しとして使う言葉 / labels of columns and fields, by kind
  labels: {}
  #   pension-number: [基年番]
  #   name: [漁業者名]
  # 辞書にない氏名・地名 / names and places that dictionaries lack
  names: []
  places: []
  # 報告しない値（見本の番号、役所自身の番号や住所）/ values never to be reported (samples, the office's own)
  known: []
  # 使わない種類 / kinds that are switched off
  off: []

# 例外: 承認された違反。判定は変わらず、終了コード 1 にはなりません。期限のない例外は作れません。
# Approved violations: the verdict stays, exit code 1 is not raised. There is no exception without an end.
exceptions: []
#   - path: "企画部/移行作業/**"
#     reason: システム移行のため一時保管
#     approver: 情報管理責任者
#     expires: 2027-03-31
`;
