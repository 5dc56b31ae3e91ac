import { describe, expect, it } from 'vitest';
import type { PasswordState } from '../../src/model.js';
import { judge } from '../../src/policy/judge.js';
import { findPasswordBeside, type Neighbour } from '../../src/policy/password-beside.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { AS_OF_MS, makeFacts, password, ROSTER } from '../kit/judged-file.js';

const file = (name: string, state: PasswordState = 'none', namesPassword = false): Neighbour => ({
  name,
  content: { password: { state, scheme: null }, ...(namesPassword ? { namesPassword } : {}) },
});
const locked = file('名簿.zip', 'set');

describe('findPasswordBeside', () => {
  it.each(['パスワード.txt', 'ﾊﾟｽﾜｰﾄﾞ.docx', '解凍ＰＷ.txt', 'zip_password.txt', 'PW.xlsx', '名簿のパスワード.eml', '暗証番号.txt'])(
    'sees %s',
    (name) => {
      expect(findPasswordBeside(locked, [file('a.txt'), file(name), locked])).toBe(name);
    },
  );

  it.each(['パスワード付名簿.xlsx', 'パスワード設定手順.pdf', 'パスワードについて.docx', 'spw.txt', 'PWC.pdf', '名簿.txt'])(
    'is not misled by %s',
    (name) => {
      expect(findPasswordBeside(locked, [file(name), locked])).toBeNull();
    },
  );

  it('sees a text that names one, but nothing that is locked itself', () => {
    expect(findPasswordBeside(locked, [file('送付.eml', 'none', true)])).toBe('送付.eml');
    expect(findPasswordBeside(locked, [file('パスワード.xlsx', 'set'), file('送付.zip', 'weak', true)])).toBeNull();
    expect(findPasswordBeside(locked, [{ name: 'パスワード', content: null }])).toBe('パスワード');
  });

  it.each([
    ['名簿_pw1234.zip', true],
    ['名簿(パスワード：abc123).xlsx', true],
    ['名簿(パスワード：himitsu).zip', true],
    ['dパスワードはhimitsu.zip', true],
    ['c_password=himitsu.zip', true],
    ['f_パス：himitsu.zip', true],
    ['名簿_password-list.zip', false],
    ['bypass_plan.zip', false],
    ['PW付き名簿.zip', false],
  ])('looks at the name of the locked file: %s', (name, holds) => {
    expect(findPasswordBeside(file(name, 'set'), [])).toBe(holds ? name : null);
  });
});

describe('judge', () => {
  it.each([
    ['set', ['password-beside']],
    ['weak', ['weak-password', 'password-beside']],
    ['none', ['no-password', 'open-access']],
  ] as const)('gives the reason where the password is %s, and leaves the verdict', (state, reasons) => {
    const facts = { ...makeFacts({ content: { ...ROSTER, ...password(state) } }), passwordBeside: '総務部/パスワード.txt' };
    expect(judge(facts, DEFAULT_POLICY, AS_OF_MS).reasons).toEqual(reasons);
    expect(judge(facts, DEFAULT_POLICY, AS_OF_MS).verdict).toBe(judge(makeFacts(facts), DEFAULT_POLICY, AS_OF_MS).verdict);
  });
});
