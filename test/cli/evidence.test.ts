/** Reports as evidence: counts that agree from form to form, manifests that show one changed byte, signatures, files by department. Uses dist/. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../kit/plain-csv.js';
import { roster, Share, top } from '../kit/share.js';
import { readWorkbook } from '../kit/workbook.js';

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

let share: Share;
const at = (name: string) => share.beside(name);
beforeAll(() => {
  share = new Share();
  execFileSync(process.execPath, [join(top, 'test/tools/lay-out.mjs'), join(share.root, 'samples')]);
  share.put('総務部/名簿.csv', roster(5), new Date('2015-03-01'));
  share.put('総務部/写し.csv', roster(5, 2), new Date('2015-03-01'));
  share.put("=cmd|'x'/吉𠮷.csv", roster(2, 10));
  share.put('経理部/00123', 'a');
  const made = share.run('keygen', at('audit.key'), '--lang', 'en');
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('audit.key.pub: the public key')]);
  const outputs = [
    '--csv',
    at('r.csv'),
    '--jsonl',
    at('r.jsonl'),
    '--xlsx',
    at('r.xlsx'),
    '--html',
    at('r.html'),
    '--by-department',
    at('dept'),
  ];
  const run = share.run('scan', share.root, '--inventory', at('i.db'), ...outputs, '--sign', at('audit.key'), '--lang', 'en');
  expect([run.code, run.stderr]).toEqual([1, '']);
}, 180_000);
afterAll(() => share.remove());

const REPORTS = ['r.csv', 'r.jsonl', 'r.xlsx', 'r.html'];

describe('counts', () => {
  it('agree from form to form, and add up to what was enumerated', () => {
    const { counts, files } = json(at('r.csv.manifest.json'));
    expect([sum(counts.byVerdict), sum(counts.byExamined)]).toEqual([counts.enumerated, counts.enumerated]);
    expect(sum(counts.byCause)).toBe(counts.byExamined.partial + counts.byExamined.none);
    expect(counts.byExamined.none).toBeGreaterThan(0);
    expect(files[0].rows).toEqual({ files: counts.enumerated, members: counts.members });
    for (const name of REPORTS) expect(json(at(`${name}.manifest.json`)).counts).toEqual(counts);
    expect(json(at('dept/manifest.json')).counts).toEqual(counts);

    const lines = readFileSync(at('r.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const own = lines.filter((line) => line.member === null);
    expect([own.length, lines.length - own.length - 1]).toEqual([counts.enumerated, counts.members]);
    expect(lines.at(-1)).toMatchObject({
      handling: 'confidential',
      byVerdict: counts.byVerdict,
      byExamined: counts.byExamined,
      persons: counts.persons,
    });

    const { profiles, holdings, columns } = JSON.parse(/id="data">(.*?)<\/script>/su.exec(readFileSync(at('r.html'), 'utf8'))![1]!);
    const verdicts: string[] = columns.profile.map((profile: number) => profiles[profile].verdict);
    for (const [verdict, count] of Object.entries(counts.byVerdict))
      expect(verdicts.filter((one) => one === verdict)).toHaveLength(count as number);
    ['four', 'three', 'two', 'other'].forEach((klass, at) => {
      const records = columns.holding.reduce((total: number, holding: number) => total + (holdings[holding][at] ?? 0), 0);
      expect([klass, records]).toEqual([klass, counts.records[klass]]);
    });

    const [head, ...csvRows] = readCsv(readFileSync(at('r.csv'), 'utf8').slice(1));
    const sheets = readWorkbook(readFileSync(at('r.xlsx')));
    const inSheets = Object.entries(sheets).filter(([name]) => !['Summary', 'Columns'].includes(name));
    const sheetRows = inSheets.flatMap(([, rows]) => rows.slice(1).map((row) => row.map(String)));
    const departments: string[] = json(at('dept/manifest.json')).files.map(({ name }: { name: string }) => name);
    const splitRows = departments.flatMap((name) => readCsv(readFileSync(at(`dept/${name}`), 'utf8').slice(1)).slice(1));
    const column = (name: string) => head!.indexOf(name);
    for (const rows of [csvRows, sheetRows, splitRows]) {
      const files = rows.filter((row) => row[column('Member')] === '');
      expect(rows.length).toBe(counts.enumerated + counts.members);
      for (const [verdict, count] of Object.entries(counts.byVerdict))
        expect([verdict, files.filter((row) => row[column('Verdict code')] === verdict).length]).toEqual([verdict, count]);
      for (const [name, klass] of [
        ['4 items (records)', 'four'],
        ['3 items (records)', 'three'],
        ['2 items (records)', 'two'],
        ['Other (records)', 'other'],
      ] as const)
        expect(files.reduce((total, row) => total + Number(row[column(name)]), 0)).toBe(counts.records[klass]);
    }
    // The order of the whole is that of the parts: department by department.
    expect(new Set(splitRows.map(String))).toEqual(new Set(csvRows.map(String)));
  });

  it('stand in the summary of the workbook, by department too', () => {
    const { counts } = json(at('r.csv.manifest.json'));
    const summary = readWorkbook(readFileSync(at('r.xlsx'))).Summary!;
    const total = summary.findLast((row) => row[0] === 'total')!;
    const { four, three, two, other } = counts.records;
    expect(total.slice(2, 8)).toEqual([counts.enumerated, counts.members, four, three, two, other]);
    expect(total[10]).toBe(counts.persons);
    const general = summary.find((row) => row[0] === '総務部')!;
    expect(general.slice(1)).toEqual(['総務部', 2, 0, 10, 0, 0, 0, 10, 10, 7]);
  });
});

describe('verify', () => {
  it('finds what was made genuine, signature and all', () => {
    for (const manifest of [...REPORTS.map((name) => `${name}.manifest.json`), 'dept/manifest.json']) {
      expect(share.run('verify', at(manifest), '--key', at('audit.key.pub'), '--lang', 'en')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/signature: good\nGenuine/),
      });
    }
    const unchecked = share.run('verify', at('r.csv.manifest.json'), '--lang', 'ja');
    expect([unchecked.code, unchecked.stdout]).toEqual([0, expect.stringContaining('署名: あり')]);
  });

  it.each(REPORTS)('shows one changed byte of %s, wherever it is', (name) => {
    const whole = readFileSync(at(name));
    for (const place of [0, Math.floor(whole.length / 2), whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[place] = changed[place]! ^ 1;
      writeFileSync(at(name), changed);
      const { code, stdout } = share.run('verify', at(`${name}.manifest.json`), '--json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ genuine: false, files: [{ file: name, difference: 'content' }] });
    }
    writeFileSync(at(name), whole.subarray(1));
    expect(share.run('verify', at(`${name}.manifest.json`), '--lang', 'ja')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${name}: 大きさが違います`),
    });
    writeFileSync(at(name), whole);
  });

  it('names the one file of a folder that differs, and the one that is missing', () => {
    const manifest = json(at('dept/manifest.json'));
    const [first, second] = manifest.files.map(({ name }: { name: string }) => name);
    const kept = [first, second].map((name) => readFileSync(at(`dept/${name}`)));
    writeFileSync(at(`dept/${first}`), Buffer.concat([kept[0]!, Buffer.from(' ')]));
    rmSync(at(`dept/${second}`));
    const { code, stdout } = share.run('verify', at('dept/manifest.json'), '--json');
    const told = (JSON.parse(stdout).files as { file: string; difference: string | null }[]).filter(
      ({ difference }) => difference !== null,
    );
    expect([code, told]).toEqual([
      1,
      [
        { file: first, difference: 'size' },
        { file: second, difference: 'missing' },
      ],
    ]);
    writeFileSync(at(`dept/${first}`), kept[0]!);
    writeFileSync(at(`dept/${second}`), kept[1]!, { mode: 0o600 });
  });

  it('shows a changed manifest: by its digest, its sums, and its signature', () => {
    const file = at('r.csv.manifest.json');
    const text = readFileSync(file, 'utf8');
    const check = (change: (text: string) => string, ...options: string[]) => {
      writeFileSync(file, change(text));
      const { code, stdout } = share.run('verify', file, '--json', ...options);
      return [code, (JSON.parse(stdout).files as { difference: string | null }[]).flatMap(({ difference }) => difference ?? [])];
    };
    expect(check((all) => all.replace('"violation": ', '"violation": 1'))).toEqual([1, ['manifest', 'sums']]);
    expect(check((all) => all.replace('"handling": "confidential"', '"handling": "public"'), '--key', at('audit.key.pub'))).toEqual([
      1,
      ['manifest', 'signature'],
    ]);
    share.run('keygen', at('other.key'));
    expect(check((all) => all, '--key', at('other.key.pub'))).toEqual([1, ['signature']]);
    writeFileSync(file, text);
    expect(share.run('verify', file).code).toBe(0);
  });

  it('ends with 2 for what is no manifest, and what is not there', () => {
    expect(share.run('verify', at('r.csv')).code).toBe(2);
    expect(share.run('verify', at('none')).code).toBe(2);
    expect(share.run('verify', at('r.csv.manifest.json'), '--key', at('r.csv')).code).toBe(2);
  });
});

describe('files', () => {
  it("are their owner's alone, and nothing else is left beside them", () => {
    const names = [...readdirSync(share.folder), ...readdirSync(at('dept')).map((name) => `dept/${name}`)];
    expect(names.filter((name) => /tmp|spool/u.test(name))).toEqual([]);
    if (process.platform === 'win32') return;
    const reports = names.filter((name) => /^(?:r\.|dept\/|audit\.key$)/u.test(name));
    expect(reports.filter((name) => (statSync(at(name)).mode & 0o777) !== 0o600)).toEqual([]);
  });

  it('of departments have names that every system takes', () => {
    const names = json(at('dept/manifest.json')).files.map(({ name, department }: Record<string, string>) => [department, name]);
    expect(names).toContainEqual(["=cmd|'x'", "=cmd_'x'.csv"]);
    expect(names).toContainEqual(['総務部', '総務部.csv']);
  });

  it('in CP932 tell what it does not hold', () => {
    const run = share.run('report', '--inventory', at('i.db'), '--csv', at('s.csv'), '--encoding', 'cp932', '--quiet', '--lang', 'ja');
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('CP932 にない 1字')]);
    const rows = readCsv(new TextDecoder('shift_jis').decode(readFileSync(at('s.csv'))));
    expect(rows[0]!.slice(0, 2)).toEqual(['判定', '理由']);
    expect(rows.map((row) => row[4])).toContain("'=cmd|'x'/吉\\u{20bb7}.csv");
    expect(json(at('s.csv.manifest.json')).files[0]).toMatchObject({ encoding: 'cp932', replacedChars: 1 });
  });

  it.each([
    [['--encoding', 'sjis', '--csv', 'x.csv'], 'give utf-8 or cp932'],
    [['--encoding', 'cp932'], 'use it with --csv or --by-department'],
    [['--sign', 'missing.key', '--csv', 'x.csv'], "the key can't be read"],
    [['--csv', 'x.out', '--xlsx', './x.out'], '--csv and --xlsx name the same place'],
  ])('%j is refused', (options, words) => {
    const { code, stderr } = share.run('report', '--inventory', at('i.db'), ...options);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('of departments that are no more go when the folder is written again; what somebody changed or put there stays', () => {
    const inventory = ['--inventory', at('i.db'), '--quiet', '--by-department', at('again')];
    share.run('report', ...inventory);
    const before = readdirSync(at('again'));
    writeFileSync(at('again.yaml'), 'departments: [{name: 全部, paths: ["**"]}]\n');
    writeFileSync(at('again/メモ.csv'), 'mine');
    writeFileSync(at('again/経理部.csv'), 'changed');
    share.run('report', ...inventory, '--config', at('again.yaml'));
    expect(before).toContain('総務部.csv');
    expect(readdirSync(at('again')).sort()).toEqual(['manifest.json', 'メモ.csv', '全部.csv', '経理部.csv']);
  });

  it('never take the place of what the command itself uses', () => {
    const bytes = (name: string) => readFileSync(at(name));
    const [inventory, key, signing] = ['i.db', 'i.db.key', 'audit.key'].map(bytes);
    for (const [command, ...options] of [
      ['report', '--csv', at('i.db')],
      ['report', '--jsonl', at('i.db.key')],
      ['report', '--html', at('audit.key'), '--sign', at('audit.key')],
      ['leak', '--csv', at('i.db')],
      ['scan', share.root, '--xlsx', at('i.db-wal')],
    ])
      expect(share.run(command!, '--inventory', at('i.db'), ...options)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('is a file that this command uses'),
      });
    for (const [at, was] of [inventory, key, signing].entries()) expect(bytes(['i.db', 'i.db.key', 'audit.key'][at]!)).toEqual(was);
    expect(share.run('report', '--inventory', at('i.db'), '--by-department', '-')).toMatchObject({ code: 2 });
  });

  it('are refused below a swept folder', () => {
    for (const options of [
      ['--xlsx', join(share.root, 'x.xlsx')],
      ['--by-department', join(share.root, 'x')],
    ])
      expect(share.run('report', '--inventory', at('i.db'), ...options)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('lies below the folder'),
      });
    expect(readdirSync(share.root)).not.toContain('x');
  });
});

describe.skipIf(process.platform === 'win32')('what is no regular file', () => {
  it('is refused at once: pipes, devices and folders', () => {
    execFileSync('mkfifo', [at('pipe')]);
    const refused = { code: 2, stderr: expect.stringContaining('is no regular file') };
    for (const file of [at('pipe'), '/dev/zero', at('dept')]) {
      expect(share.start('verify', file, '--lang', 'en')).toMatchObject(refused);
      expect(share.start('declared', file, '--inventory', at('i.db'), '--lang', 'en')).toMatchObject(refused);
    }
    expect(share.start('verify', at('r.csv.manifest.json'), '--key', at('pipe'), '--lang', 'en')).toMatchObject(refused);
    const kept = readFileSync(at('r.csv'));
    for (const target of [at('pipe'), '/dev/zero']) {
      rmSync(at('r.csv'));
      symlinkSync(target, at('r.csv'));
      expect(share.start('verify', at('r.csv.manifest.json'), '--lang', 'en')).toMatchObject(refused);
    }
    rmSync(at('r.csv'));
    writeFileSync(at('r.csv'), kept);
  });
});

describe('leak', () => {
  const leak = (...args: string[]) => share.run('leak', '--inventory', at('i.db'), ...args);
  it('has parts that add up, and says where persons overlap', () => {
    const { counts } = json(at('r.csv.manifest.json'));
    const table = JSON.parse(leak('--json').stdout);
    expect(table.total).toMatchObject({ records: counts.records, persons: counts.persons });
    for (const klass of ['four', 'three', 'two', 'other'])
      expect(table.parts.reduce((total: number, part: { records: Record<string, number> }) => total + part.records[klass]!, 0)).toBe(
        counts.records[klass],
      );
    const persons = table.parts.reduce((total: number, part: { persons: number }) => total + part.persons, 0);
    expect(table.sharedPersons).toBe(persons - counts.persons);
  });

  it('of a folder goes by the folders in it', () => {
    const table = JSON.parse(leak('--json', '--folder', join(share.root, '総務部')).stdout);
    expect(table).toMatchObject({
      by: 'folder',
      total: { files: 2, recordSum: 10, persons: 7 },
      parts: [{ name: '', persons: 7 }],
      sharedPersons: 0,
    });
    const whole = JSON.parse(leak('--json', '--folder', share.root).stdout);
    expect(whole.parts.map(({ name }: { name: string }) => name).sort()).toEqual(["=cmd|'x'", 'samples', '総務部']);
    expect(leak('--folder', join(share.root, '総務部')).stdout).toContain('(files directly in it)');
  });

  it('of a department', () => {
    expect(JSON.parse(leak('--json', '--department', ' 総務部').stdout)).toMatchObject({
      scope: '総務部',
      total: { recordSum: 10, persons: 7 },
    });
    expect(leak('--department', '人事部')).toMatchObject({ code: 2, stderr: expect.stringContaining('there are: samples, 総務部') });
    expect(leak('--department', '人事部', '--folder', 'x').code).toBe(2);
    expect(leak('--folder', 'nowhere').code).toBe(2);
  });

  it('of a file is of that file, and of what no sweep has seen it is no answer', () => {
    const file = JSON.parse(leak('--json', '--folder', join(share.root, '総務部/名簿.csv')).stdout);
    expect(file).toMatchObject({ total: { files: 1, recordSum: 5, persons: 5 }, parts: [{ name: '名簿.csv' }] });
    expect(JSON.parse(leak('--json', '--folder', join(share.root, '経理部/00123')).stdout).total).toMatchObject({ files: 0 });
    writeFileSync(join(share.root, '総務部/後から.csv'), roster(1));
    const unseen = leak('--folder', join(share.root, '総務部/後から.csv'), '--lang', 'ja');
    rmSync(join(share.root, '総務部/後から.csv'));
    expect(unseen).toMatchObject({ code: 2, stderr: expect.stringContaining('このフォルダーやファイルはありません') });
  });

  it('says how many persons stand in several parts, in which, and how many files were not examined', () => {
    const several = new Share();
    // 100 and 101 stand in three departments, 110 in two.
    several.put('甲課/a.csv', roster(5, 98));
    several.put('乙課/b.csv', roster(2, 100) + roster(1, 110).split('\r\n')[1]);
    several.put('丙課/c.csv', `${roster(2, 100)}${roster(1, 110).split('\r\n')[1]}`);
    several.put('丙課/壊れた.xlsx', Buffer.from('PK\x03\x04 not a package'));
    several.put('経理\n課/d.csv', roster(1, 500));
    several.scan();
    const run = (...args: string[]) => several.run('leak', '--inventory', several.beside('inventory.db'), ...args);
    const table = JSON.parse(run('--json').stdout);
    expect(table).toMatchObject({ sharedPersons: 5, personsInSeveral: 3, total: { persons: 7, notExamined: 1 } });
    expect(table.overlaps).toEqual([
      { parts: ['丙課', '乙課'], persons: 3 },
      { parts: ['甲課', '丙課'], persons: 2 },
      { parts: ['甲課', '乙課'], persons: 2 },
    ]);
    expect(table.parts.map(({ notExamined }: { notExamined: number }) => notExamined)).toEqual([0, 1, 0, 0]);
    const { stdout } = run('--lang', 'ja');
    expect(stdout).toContain('差の 5 は、同じ人をほかの内訳でも重ねて数えた回数です。二つ以上の内訳にいる人は 3人です');
    expect(stdout).toContain('重なりの多い内訳: 丙課 と 乙課（3人）');
    expect(stdout).toContain('調べられなかったファイルやフォルダーが 1 あります');
    const [head, ...rows] = readCsv(run('--csv', '-', '--lang', 'ja').stdout.slice(1));
    expect(new Set(head).size).toBe(head!.length);
    expect(rows.find((row) => row[0] === '二つ以上の内訳にいる人')?.[9]).toBe('3');
    expect(rows.find((row) => row[0] === '両方の内訳にいる人')?.slice(1, 2)).toEqual(['丙課 / 乙課']);
    // A name is escaped once, and may be given as it is shown.
    expect(rows.map((row) => row[1])).toContain('経理\\u{a}課');
    expect(JSON.parse(run('--department', '経理\\u{a}課', '--json').stdout)).toMatchObject({ scope: '経理\n課', total: { persons: 1 } });
    expect(run('--department', 'ないよ', '--lang', 'ja').stderr).toMatch(/経理\\u\{a\}課\n$/u);
    several.remove();
  });

  it('and declarations have a manifest that verifies, signed or not, and shows a changed byte', () => {
    writeFileSync(at('said.csv'), '部署,日付,申告\n総務部,2015-04-01,適正\n');
    for (const [command, ...parameters] of [
      ['leak', '--csv', at('leak.csv')],
      ['declared', at('said.csv'), '--csv', at('declared.csv')],
    ] as const) {
      const { stderr } = share.run(command, ...parameters, '--inventory', at('i.db'), '--sign', at('audit.key'));
      expect(stderr).toBe('');
      const manifest = at(`${command}.csv.manifest.json`);
      expect(json(manifest)).toMatchObject({
        files: [{ form: command, rows: { table: expect.any(Number) } }],
        counts: json(at('r.csv.manifest.json')).counts,
      });
      expect(json(manifest).files[0].rows.table).toBe(readCsv(readFileSync(at(`${command}.csv`), 'utf8').slice(1)).length - 1);
      const verify = () => share.run('verify', manifest, '--key', at('audit.key.pub'), '--lang', 'en');
      expect(verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('signature: good') });
      writeFileSync(at(`${command}.csv`), `${readFileSync(at(`${command}.csv`), 'utf8')} `);
      expect(verify().code).toBe(1);
      expect(share.run(command, ...parameters.slice(0, -2), '--inventory', at('i.db'), '--sign', at('audit.key')).code).toBe(2);
    }
  });

  it('as CSV tells parts from the whole', () => {
    const rows = readCsv(leak('--csv', '-', '--lang', 'ja').stdout.slice(1));
    expect(rows[0]!.slice(0, 3)).toEqual(['行', '部署', 'ファイル']);
    expect(rows.filter((row) => row[0] === '全体')).toHaveLength(1);
  });
});

describe('departments of a configuration', () => {
  const config = `inventory: i.db
departments:
  - {name: 人事課, paths: ["総務部/名簿.csv"]}
  - {name: 総務部, paths: ["総務部/**", "経理部/**"]}
  - {name: 広報課, paths: ["広報/**"]}
`;
  it('decide whose rows are whose, whatever the folder', () => {
    writeFileSync(at('site.yaml'), config);
    expect(share.run('report', '--config', at('site.yaml'), '--by-department', at('own'), '--quiet')).toMatchObject({
      code: 0,
      stderr: '',
    });
    const files = json(at('own/manifest.json')).files as { department: string; rows: { files: number } }[];
    const rows = Object.fromEntries(files.map(({ department, rows }) => [department, rows.files]));
    expect(rows).toMatchObject({ 人事課: 1, 総務部: 2 });
    expect(rows['']).toBe(json(at('own/manifest.json')).counts.enumerated - 3);
    expect(share.run('verify', at('own/manifest.json')).code).toBe(0);
  });

  it('are the parts of the leak table, and say whom they share', () => {
    const table = JSON.parse(share.run('leak', '--config', at('site.yaml'), '--json').stdout);
    const part = (name: string) => table.parts.find((one: { name: string }) => one.name === name);
    expect([part('人事課'), part('総務部')]).toMatchObject([
      { recordSum: 5, persons: 5 },
      { recordSum: 5, persons: 5 },
    ]);
    expect(table.sharedPersons).toBeGreaterThanOrEqual(3);
    expect(table.unknownDepartments).toEqual(['広報課']);
    expect(JSON.parse(share.run('leak', '--config', at('site.yaml'), '--department', '広報課', '--json').stdout)).toMatchObject({
      total: { persons: 0 },
      unknownDepartments: ['広報課'],
    });
  });

  it('may declare without holding a file', () => {
    writeFileSync(at('answers.csv'), '部署,日付,申告\n広報課,2015-04-01,適正\n人事課,2015-04-01,適正\n');
    const { code, stdout } = share.run('declared', at('answers.csv'), '--config', at('site.yaml'), '--json');
    const standings = (JSON.parse(stdout).departments as { name: string; declarations: { standing: string }[] }[]).map((one) => [
      one.name,
      one.declarations[0]?.standing,
    ]);
    expect([code, standings]).toEqual([
      1,
      [
        ['人事課', 'contradicted'],
        ['広報課', 'unmatched'],
        ['総務部', undefined],
      ],
    ]);
  });

  it('stand beside outputs that a sweep writes by itself', () => {
    writeFileSync(at('night.yaml'), `${config}outputs: {xlsx: "night/{date}.xlsx", html: "night/{date}.html", sign: audit.key}\n`);
    expect(share.run('scan', share.root, '--config', at('night.yaml'), '--quiet').code).toBe(1);
    const names = readdirSync(at('night'));
    const endings = ['', '.manifest.json', '.manifest.json.sig'];
    expect(names.map((name) => name.replace(/^\d{4}-\d\d-\d\d/u, ''))).toEqual(
      ['.html', '.xlsx'].flatMap((form) => endings.map((ending) => form + ending)),
    );
    expect(Object.keys(readWorkbook(readFileSync(join(at('night'), names[3]!))))).toContain('人事課');
    // The page goes by the same departments, and tells the sweep before beside this one.
    const page = readFileSync(join(at('night'), names[0]!), 'utf8');
    const { departments } = JSON.parse(/id="data">(.*?)<\/script>/su.exec(page)![1]!);
    expect([...departments].sort()).toEqual(['', '人事課', '総務部'].sort());
    expect(/<section class="trend".*?<\/section>/su.exec(page)![0].match(/<circle/gu)).toHaveLength(6);
  });
});
