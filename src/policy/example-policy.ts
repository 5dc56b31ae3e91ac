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
#   - name: 番号を含むもの
#     kinds: [my-number, pension-number]     # どれかが入っているもの / one of these stands in it
#     departments: [総務部]                  # 設定の departments にある部署 / departments of this file
#     from: business-year                    # この規則だけの数え方 / how this rule counts
#     keep: 3 years

# 経過日数を何から数えるか。modified: 最終更新。business-year: 名前に年度（平成27年度、H27年度、FY2015）があれば、その年度が終わった日。
# document: 文書の中に最終保存日（Office、PDF、メール）があれば、その日。コピーや復元で更新日が新しくなっても変わりません。
# From when ages count: modified (the last change), or business-year (the end of the year, 1 April to 31 March, that a file's or folder's name tells, if any),
# or document (the day on which a document of Office, a PDF or a mail says that it was last saved, if it does, which copying and restoring leave alone).
retentionFrom: modified

# 集まりすぎ: ファイルがすべて適合でも、この人数を超えたら知らせ、終了コードを 1 にします。folder: 一つのフォルダーの直下。reader: 一人が読める全部。
# Piles: more persons than this in one folder, or readable by one account, is told and raises exit code 1, even where every file obeys.
pile: {}
# pile: {folder: 1000, reader: 100000}

# 消えたファイルと、ファイルの以前の状態を、いつまで台帳に残すか（mimawari diff と history が使います）。
# How long the inventory remembers files that are gone, and what files were before (for mimawari diff and history).
keepGone: 400 days

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

# 誰がどのグループにいるか。空ならこの計算機の /etc/passwd と /etc/group を使います。書いたときは書いたものだけを使います
# （この計算機のものも使うなら「- form: host」を加えます）。形式 form:
#  passwd / group  「getent passwd」「getent group」の出力。winbind などは空のグループを返すことがあるため、メンバーのないグループは
#  「不明」とします。本当に空なら complete: [unix]
#  ldif            ldifde または ldapsearch の出力。
#  ldifde -f ad.ldf -r "(|(objectClass=user)(objectClass=group))" -l objectSid,sIDHistory,member,primaryGroupID,sAMAccountName,sAMAccountType,objectClass,userAccountControl
#  table           Get-ADUser、Get-ADGroup、Get-ADGroupMember、Get-LocalUser などの Export-Csv または ConvertTo-Json。
#  列: SID、SamAccountName または Name、Enabled、ObjectClass、DistinguishedName、MemberOf、Members（「;」区切り）、GroupSID、PrimaryGroupID
#  complete        そのファイルに全員がいるドメインの SID。これがあると、知らない SID は「いない人」と見なします。
# ファイルの場所は、この方針ファイルのあるフォルダーから数えます。
# Accounts and groups; empty: those of this host. What is listed replaces them ("- form: host" adds them again). Forms: host, passwd, group, ldif, table.
# complete: SIDs of domains that are in the file as a whole, so that another SID of theirs is nobody's; unix: an empty group is empty.
# File names count from the folder of this file.
directory: []
#   - form: ldif
#     file: ad.ldf
#     complete: [S-1-5-21-1004336348-1177238915-682003330]

# 上のファイルの間で、同じ名前のアカウント（yamada と DOM\\yamada）は同じ人か。
# Are accounts of one name in these files one person?
sameNameSamePerson: false

# アクセス権を、サーバーで書き出したファイルから読む（写しを調べるときや、サーバーに入れないとき）。書き出しにないファイルは「不明」になります。
# 形式 form:
#  getfacl       getfacl -R -p フォルダー > acl.txt
#  icacls        icacls フォルダー /save acl.txt /t /c
#  get-acl       Get-ChildItem -Recurse フォルダー | Get-Acl | Select-Object Path,Sddl | Export-Csv -Encoding UTF8 acl.csv（ConvertTo-Json でも可）
#  get-smbshare  Get-SmbShare | Select-Object Name,Path,SecurityDescriptor,Special | Export-Csv -Encoding UTF8 shares.csv（icacls か get-acl に添えます）
#  root: 調べるフォルダー。exportedAs: 書き出したときのフォルダー名（同じなら不要）。domain: SDDL の略号 DA、DU などのドメイン（なくてもよい）
# Access lists that were exported on the server; a file that is not in the export is "unknown". root: the scanned folder. exportedAs: what it was called
# there, if otherwise. domain: what DA, DU and the like of SDDL belong to (may be left out).
accessFrom: []
#   - root: /mnt/copy
#     form: icacls
#     file: acl.txt
#     exportedAs: 'D:\\共有'

# 関係者: このフォルダーと、その下を読んでよい人。書いた場所では人数（readersMax）を見ず、ほかの人が読めれば「開放」とします。
# 見回るフォルダーから下の場所で書きます。より内側の規則が優先します。readers: グループかアカウントの名前、SID、gid、u:uid
# The people concerned: who may read this folder and what lies below. There the number of readers is not asked for; any other reader makes it open.
# The innermost rule decides. readers: groups and accounts by name, SID, gid or u:uid
concerned: []
#   - folder: 人事部
#     readers: [人事課, S-1-5-21-1004336348-1177238915-682003330-1107]
# 誰が読めるかを、どの経路で数えるか。smb: 共有フォルダー、nfs: NFS、local: サーバーにログインする人（最上位のフォルダーから数える）。
# By which ways readers come: smb (shares), nfs, local (people who log on to the server; folders count from the top). All that are named count.
accessPaths: [smb]
# accessPaths: [smb, local]

# この計算機の Samba の設定ファイル（smbd を -s で別の設定で動かしている場合）。空なら SMB_CONF_PATH か、Samba の既定の場所を読みます。
# Settings of this host's Samba, where smbd is started with others (-s). Empty: SMB_CONF_PATH, or where Samba looks by default.
smbConf:
# smbConf: /srv/samba/smb.conf

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
  # 辞書にない氏名（姓か名、または「姓 名」）と地名 / names (a family or given name, or both with a space) and places that dictionaries lack
  names: []
  places: []
  # 報告しない値（見本の番号、役所自身の番号や住所）/ values never to be reported (samples, the office's own)
  known: []
  # 使わない種類 / kinds that are switched off
  off: []
  # どの確からしさから数えるか（certain 確実、likely ほぼ確実（既定）、weak 疑いを含む）/ from which strength a kind counts (default: likely)
  thresholds: {}
  #   name: certain

# 例外の期限を何日前から知らせるか。切れた例外は無視し、そのことを知らせます。
# From how long before its end an exception is announced; one that has ended is ignored, and told.
announceExceptions: 30 days

# 例外: 承認された違反。判定は変わらず、終了コード 1 にはなりません。期限のない例外は作れません。
# path にフォルダーを書くと、その下もすべて含みます。
# Approved violations: the verdict stays, exit code 1 is not raised. There is no exception without an end. A path that names a folder takes all below it.
exceptions: []
#   - path: "企画部/移行作業/**"
#     reason: システム移行のため一時保管
#     approver: 情報管理責任者
#     expires: 2027-03-31
#   # 報告の contentHash: どこに置かれても、この中身だけ / a contentHash of a report: this very content, wherever it lies
#   - hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
#     reason: 様式の見本
#     approver: 情報管理責任者
#     expires: 2027-03-31

# 一つのファイルを読むときの限り。超えたファイルは、そのことを原因（too-large、too-deep、timed-out など）として報告します。書いたものだけが変わります。
# 量には K、M、G が使えます。変えたあとの見回りでは、限りを超えていたファイルだけを読み直します。
# Bounds of reading one file; a file that meets one is told with the cause (too-large, too-deep, timed-out …). Only what is written changes. K, M, G may
# be used. After a change only files that had met a bound are read again. Units: Bytes, Chars, Ms (1/1000 s); the rest are counts.
bounds: {}
#   wholeBytesMax: 256M          # 丸ごと読む形式のファイル（xls、doc、pdf など）/ files of formats that are read whole
#   entryBytesMax: 256M          # 圧縮ファイルの中の1つ / one entry of a container
#   unpackedBytesMax: 8G         # 展開した量の合計 / all that a file unpacks to
#   ratioMax: 200                # 展開の倍率（1つ）/ unpacked bytes for a packed one, of one entry
#   unpackedRatioMax: 100        # 同（ファイル全体）/ the same of a whole file
#   entriesMax: 100000           # 圧縮ファイルの中の数 / entries of one container
#   membersMax: 20000            # 別の行で報告する中のファイルの数 / members told of one container
#   depthMax: 5                  # 圧縮ファイルの入れ子 / containers in containers
#   cellsMax: 200000000          # ブックのセル / cells of a workbook
#   columnsMax: 16384
#   sheetsMax: 2000
#   cellCharsMax: 40000          # 1つのセルの文字数 / characters of a cell
#   sharedStringsBytesMax: 512M
#   lineCharsMax: 1M             # 1行の文字数 / characters of a line
#   xmlDepthMax: 256             # XML の入れ子 / elements inside each other
#   pagesMax: 20000
#   pageCharsMax: 2M
#   folderDepthMax: 512          # フォルダーの入れ子 / folders inside each other
#   fileTimeMsMin: 60000         # 1つのファイルにかける時間（最低）/ time for one file, at least
#   fileTimeMsPerMb: 2000        # それに 1 MB ごとに足す時間 / and for each MB
#   treeBytesMax: 1G             # 全プロセスのメモリ / memory of all processes together
#   ocrPageMsMax: 60000          # 文字認識: 1ページ / OCR of a page
#   ocrFileMsMax: 1200000        # 1つのファイル / of a file
#   ocrSweepMsMax: 28800000      # 一回の見回り / of a sweep
`;
