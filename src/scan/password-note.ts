/** Whether a text names a password: 「パスワードは…です」, `PW: …`. It says so and keeps nothing of it. */

const WORD = /パスワード|ﾊﾟｽﾜｰﾄﾞ|password|passwd|暗証番号|[PＰ][WＷ]/i;
/** A value is Latin letters, digits and signs of either width; an address of a page where to get one is none. */
const NAMED =
  /(?:パスワード|ﾊﾟｽﾜｰﾄﾞ|password|passwd|暗証番号|(?<![A-Za-zＡ-Ｚａ-ｚ])[PＰ][WＷ])[^\n\r:：=＝]{0,12}?(?:は|[:：=＝])[ 　\t「『"'【[]{0,4}(?!https?:)[!-~！-～]{4,64}/i;

export function namesPassword(text: string): boolean {
  return WORD.test(text) && NAMED.test(text);
}
