/** The texts on which detection is timed: prose, a roster as CSV, nothing but addresses. UTF-8; of the corpus beside the project where it is there, else made up. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv } from './encode-text.mjs';
import { wareki } from './notations.mjs';
import { address, createCrowd, longAddress } from './people.mjs';
import { PROJECT } from './run-program.mjs';

const CORPUS = join(PROJECT, '..', 'shared', 'corpus');
const CROWD = 1500;

/** `lines` over and over up to a size. Whole lines, since a cut one is another text. */
function fill(lines, bytesMin) {
  const once = `${lines.join('\n')}\n`;
  return once.repeat(Math.max(1, Math.ceil(bytesMin / Buffer.byteLength(once))));
}

const linesOfCorpus = (...parts) => {
  const file = join(CORPUS, ...parts);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : null;
};

const SENTENCES = [
  ({ name, city }) => `この調査は平成二十六年度に${city}で行われ、担当の${name}が結果を取りまとめて報告した。`,
  ({ town }) => `窓口は${town}の本館一階にあり、受付時間は午前9時から午後5時までで、祝日は休みとなる。`,
  ({ family }) => `前回の会議では${family}委員から費用の見積りについて質問があり、次回までに資料を用意することになった。`,
  () => '手続きには申請書のほか本人を確認できる書類が必要であり、郵送による提出も受け付けている。',
  () => '制度の改正に伴い、システムの改修と職員への研修を年度内に終える計画である。',
];

/** Distinct persons: the crowd's names with a number of their own each. */
function roster(bytesMin, people) {
  const rows = [['基礎年金番号', '氏名', 'カナ氏名', '生年月日', '住所']];
  const rowBytes = 130;
  for (let at = 0; at * rowBytes < bytesMin; at++) {
    const person = people[at % people.length];
    const number = String(1_000_000_000 + at * 7919).padStart(10, '0');
    rows.push([
      `${number.slice(0, 4)}-${number.slice(4)}`,
      person.name,
      `${person.familyKana} ${person.givenKana}`,
      wareki(person.birth),
      address(person),
    ]);
  }
  return csv(rows);
}

/** [{ name, file name, text }], each of about `bytes`. */
export function benchTexts(bytes) {
  const people = createCrowd(4711).people(CROWD);
  const prose =
    linesOfCorpus('names', 'data', 'wiki_stockmark.txt') ?? people.map((person, at) => SENTENCES[at % SENTENCES.length](person));
  const addresses = linesOfCorpus('addresses', 'addresses.txt') ?? people.map((person, at) => (at % 2 ? address : longAddress)(person));
  return [
    { name: 'prose', file: 'prose.txt', text: fill(prose, bytes) },
    { name: 'roster (CSV)', file: 'roster.csv', text: roster(bytes, people) },
    { name: 'addresses alone', file: 'addresses.txt', text: fill(addresses, bytes) },
  ];
}
