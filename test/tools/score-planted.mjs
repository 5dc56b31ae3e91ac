/**
 * Judges each finding of files with made-up people by its value: right when a planted person has it. By kind and strength. The values stay in this process;
 * only counts come out.
 */
import { examineFiles, findingsOf, listFiles, loadBuild } from './examine-files.mjs';
import { makeSamples } from './make-samples.mjs';
import { coded, iso, lettered, packed, serial, slashed, wareki, western } from './notations.mjs';
import { address, longAddress } from './people.mjs';
import { PROJECT } from './run-program.mjs';
import { bestStrength, createStrengths } from './score-figures.mjs';

const AS_OF_MS = Date.parse('2026-11-21T12:00:00');
const HYPHENS = /[\u002d\u2010-\u2015\u2212\u30fc\uff0d\uff70]/g;
/** Equal for all widths, spaces and hyphens. */
const plain = (text) => text.normalize('NFKC').replace(/\s/gu, '').replace(HYPHENS, '-');
const digits = (text) => plain(text).replace(/\D/g, '');

const NOTATIONS = [iso, slashed, packed, western, wareki, lettered, coded, (date) => coded(date, '-'), (date) => String(serial(date))];
/** All whole values of a person and, of those that tables split, their parts. */
const VALUES = {
  number: (person) => [person.number, person.number.slice(0, 4), person.number.slice(4)],
  name: ({ name, family, given, familyKana, givenKana }) => [name, family, given, familyKana + givenKana, familyKana, givenKana].map(plain),
  birth: ({ birth }) => NOTATIONS.map((write) => plain(write(birth))),
  address: (person) => [address(person), longAddress(person)].map(plain),
};
const KINDS = { 'pension-number': 'number', name: 'name', birthdate: 'birth', address: 'address' };

/** Leading zeros may be lost in a workbook; digit boxes hold one each. */
const sameNumber = (value, own) => value.length === 1 || own.some((one) => one === value || one.replace(/^0+/, '') === value);
/** An address may stand without its prefecture or be split into parts, and have a building behind it; a date may be split into its parts. */
const TESTS = {
  number: (value, own) => sameNumber(digits(value), own),
  name: (value, own) => own.includes(plain(value).replace(/(?:様|殿|氏|さん)$/u, '')),
  birth: (value, own) => own.some((one) => one === plain(value) || (plain(value).length < 5 && one.includes(plain(value)))),
  address: (value, own) => {
    const text = plain(value).replace(/^〒?\d{3}-\d{4}/u, '');
    return own.some((one) => one.includes(text) || text.includes(one) || one.endsWith(text.slice(0, 8)));
  },
};

/** `files`: { path, people: [{ person, fields }] }; adds what the findings of `content` are to `strengths`. */
function judgeFile(content, records, strengths) {
  const findings = findingsOf(content);
  for (const [kind, field] of Object.entries(KINDS)) {
    const people = records.map(({ person, fields }) => ({ own: VALUES[field](person), asked: fields.has(field), by: [] }));
    for (const finding of findings.filter((one) => one.kind === kind)) {
      const owners = people.filter(({ own }) => TESTS[field](finding.value, own));
      for (const owner of owners) owner.by.push(finding.confidence);
      strengths.finding(kind, finding.confidence, owners.length > 0);
    }
    for (const { asked, by } of people) if (asked) strengths.label(kind, bestStrength(by));
  }
}

/** The sample share by kind and strength. Files that cannot be opened have no findings: their people are not asked for. */
export async function scoreSamplesByStrength(share) {
  const { samples } = makeSamples();
  const contents = await examine(share);
  const strengths = createStrengths();
  for (const { path, records } of samples) judgeFile(contents.get(path), records, strengths);
  return strengths;
}

/** Pension numbers of the corpus share by strength: its truth tells each file's. `truth`: lines of its truth.jsonl. */
export async function scoreShareByStrength(share, truth) {
  const contents = await examine(share);
  const strengths = createStrengths();
  for (const { path, numbers, needs_ocr: needsOcr, hard } of truth) {
    const content = contents.get(path);
    if (content === undefined || content.examined === 'none' || needsOcr || hard) continue;
    const records = (numbers ?? []).map((number) => ({ person: { number }, fields: new Set(['number']) }));
    judgeNumbers(content, records, strengths);
  }
  return strengths;
}

function judgeNumbers(content, records, strengths) {
  const by = new Map(records.map(({ person }) => [person.number, []]));
  for (const finding of findingsOf(content)) {
    if (finding.kind !== 'pension-number') continue;
    const value = digits(finding.value);
    const owners = [...by.keys()].filter((number) => sameNumber(value, VALUES.number({ number })) || value.startsWith(number));
    for (const owner of owners) by.get(owner).push(finding.confidence);
    strengths.finding('pension-number', finding.confidence, owners.length > 0);
  }
  for (const found of by.values()) strengths.label('pension-number', bestStrength(found));
}

async function examine(share) {
  return examineFiles(await loadBuild(PROJECT), share, listFiles(share), { asOfMs: AS_OF_MS, unmask: true, workers: 1 });
}
