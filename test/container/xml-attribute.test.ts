import { describe, expect, it } from 'vitest';
import { findAttribute } from '../../src/container/xml-attribute.js';

const find = (tag: string, name: string) => findAttribute(Buffer.from(tag), 0, Buffer.byteLength(tag), name);

describe('findAttribute', () => {
  it.each([
    [` Id="a" Type='b'`, 'Type', 'b'],
    [' r:id="7" id="8"', 'id', '8'],
    [' r:id="7"', 'id', '7'],
    [' a="1&amp;2"', 'a', '1&2'],
    [' a = "1" ', 'a', '1'],
    [' a="1"', 'b', undefined],
  ])('%s: %s', (tag, name, value) => {
    expect(find(tag, name)).toBe(value);
  });

  // Broken relationships in a presentation once sent this round and round.
  it.each([' Id="a" Type="b', ` Id="a" Type='`, ' Id=" Type=', ' = = "', ' a "b" "', ' a"'])(
    'comes to an end with the quote left open in %s',
    (tag) => {
      expect(() => find(tag, 'Target')).not.toThrow();
      expect(find(tag, 'Target')).toBeUndefined();
    },
  );

  it('does not look beyond the tag for a closing quote', () => {
    const bytes = Buffer.from(' a="1 > text "');
    expect(findAttribute(bytes, 0, 6, 'a')).toBe('1 ');
  });
});
