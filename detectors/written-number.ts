/**
 * Whole numbers as programs write them that took an identifying number for an amount: `1.100123456E+09` (a spreadsheet saved as text), `1100123456.0` (a column
 * with empty cells read as decimals), `1,100,123,456`. It knows no kind of value.
 */

const POWER = /^([0-9])(?:\.([0-9]{1,15}))?E\+?([0-9]{1,2})$/i;
const DECIMAL = /^([0-9]{1,16})\.0{1,6}$/;
const GROUPED = /^[0-9]{1,3}(?:,[0-9]{3}){1,5}$/;

/** The digits of such a number; '' for any other text, and where a power of ten does not tell all of them. `text`: folded, without spaces around it. */
export function writtenNumber(text: string): string {
  const power = POWER.exec(text);
  if (power !== null) {
    const [, first, rest = '', exponent] = power;
    const whole = Number(exponent);
    // Fewer decimals may have been rounded; more than the power are a fraction, of which nothing may be left.
    return rest.length >= 6 && /^0*$/.test(rest.slice(whole)) ? (first! + rest.slice(0, whole)).padEnd(whole + 1, '0') : '';
  }
  if (GROUPED.test(text)) return text.replaceAll(',', '');
  return DECIMAL.exec(text)?.[1] ?? '';
}
