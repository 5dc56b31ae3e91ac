/**
 * What `mimawari init` writes: the whole configuration of a site, every setting with its default and an example beside it, the policy's behind the
 * site's. It reads back to the defaults.
 */
import { EXAMPLE_POLICY } from './example-policy.js';

const EXAMPLE_SETTINGS = `# mimawari の設定ファイル / configuration (YAML, UTF-8)
# 使い方 / to use it:   mimawari doctor --config mimawari.yaml   →   mimawari scan --config mimawari.yaml
# 書かれていない項目は既定値になります。先頭の「# 」を外すと例が有効になります。コマンドで指定したものが優先します。
# What is not written keeps its default. Take away a leading "# " to use an example. The command line wins.
# 相対的な場所は、このファイルのあるフォルダーから数えます。 / Relative places count from the folder of this file.

# 見回るフォルダー / folders to sweep
roots: []
# roots: [/srv/share, 'D:\\共有']

# 台帳と、指紋用の鍵の置き場所。共有フォルダーの中には置けません。鍵は台帳と別の場所に置くと安全です。
# Inventory, and the key of its fingerprints: never below a root; the key is safer in another place than the inventory.
# inventory: /var/lib/mimawari/inventory.db
# key: /etc/mimawari/mimawari.key

# 読み取りプロセスの数（省略時は CPU の数） / reading processes (default: one a core)
# workers: 2

# この時刻になったら切り上げ、続きは次の見回りで（省略時は終わるまで）
# Stop at this time of day; the next sweep goes on from there (default: when everything is done)
# until: "06:00"

# 画像（スキャン、FAX、写真）の文字も読むか。1ページに数秒かかります。
# Read pictures of text too? Some seconds a page.
ocr: false

# 変わっていないように見えるファイルも、この日数のあいだに一度は読み直す（毎晩、その一部ずつ。省略時は変わったときだけ）
# Read each file once in so many days though it looks unchanged, a share of them each night (default: only when it changed)
# rereadAfter: 90

# 施錠されたファイルに試すパスワードの一覧（1行に1つ） / passwords to try on locked files, one a line
# passwords: /etc/mimawari/passwords.txt

# 表示とメールの言語（省略時は環境による） / language of messages and mails: ja, en
# lang: ja

# 部署: どのフォルダーがどこのものか。上から見て、最初に当てはまった部署になります。
# manager はメールの宛先です（notify の departments を true にしたとき）。
# Departments by folder, the first that fits; manager: whom to write to (when departments of notify is true).
departments: []
#   - name: 総務部
#     paths: ["総務部/**"]
#     manager: soumu-bucho@example.jp

# サーバーへの配慮 / how much of the server a sweep may take
limits:
  # 1秒に読み始めるファイル数と、1秒に読む量（K、M、G）の上限。書かなければ制限なし。
  # Files begun and bytes read in a second, by all processes together; left out: no bound.
  # filesPerSecond: 200
  # bytesPerSecond: 20M
  # CPU の優先度 / CPU priority of the workers: low, normal
  priority: low
  # 読み取りがいつもより大幅に遅くなったら休む / rest while reading is much slower than usual
  backOff: true

# 結果の書き出し。{date} は見回りを始めた日（2026-04-01）になります。
# Results; {date} becomes the day on which the sweep began.
outputs: {}
#   csv: /var/lib/mimawari/reports/{date}.csv
#   jsonl: /var/lib/mimawari/reports/{date}.jsonl
#   xlsx: /var/lib/mimawari/reports/{date}.xlsx
#   html: /var/lib/mimawari/reports/{date}.html
#   byDepartment: /var/lib/mimawari/reports/{date}     # 部署ごとの CSV / a CSV for each department
#   encoding: utf-8               # CSV の文字コード / of the CSV: utf-8, cp932
#   sign: /etc/mimawari/audit.key # 報告の manifest に署名する鍵 / signs the manifests (mimawari keygen)
#   prometheus: /var/lib/prometheus/node-exporter/mimawari.prom
#   log: json                     # 要約の代わりに1行のログ / one log line in place of the summary: json, text

# お知らせ。ファイル名に個人情報があるときは伏せて書きます。
# Mails. Names of files that hold personal data themselves are masked.
notify: {}
#   administrators: [jouhou-kanri@example.jp]
#   # manager へのメールは true のときだけ（省略時は false） / managers are written to only when true (default: false)
#   departments: true             # 各部署の manager へ、その部署の分だけ / to each manager, only the own rows
#   when: always                  # findings: 問題があった日だけ / only when there is something to tell
#   lang: ja
#   smtp:
#     host: mail.example.jp
#     port: 587                   # 省略時 starttls 587、tls 465、none 25
#     security: starttls          # starttls, tls, none
#     from: "mimawari <mimawari@example.jp>"
#     user: mimawari
#     passwordFile: /etc/mimawari/smtp-password    # または passwordEnv: 環境変数の名前 / or passwordEnv: NAME
#     caFile: /etc/mimawari/ca.pem                 # 組織内の認証局 / an authority of your own

# ここから方針 / the policy begins here
`;

/** The head of EXAMPLE_POLICY says again what stands at the top of this one. */
export const EXAMPLE_SITE = EXAMPLE_SETTINGS + EXAMPLE_POLICY.slice(EXAMPLE_POLICY.indexOf('\n\n') + 1);
