import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../src/container/windows-decoder.js';

describe('a decoder of a Windows code page', () => {
  it('knows the signs between 0x80 and 0x9f, text after text', () => {
    const decoder = createDecoder('windows-1252');
    expect(decoder.decode(Buffer.from('8093969485', 'hex'))).toBe('€“–”…');
    expect(decoder.decode(Buffer.from('31963233', 'hex'))).toBe('1–23');
  });

  it('is the usual one for other pages', () => {
    expect(createDecoder('shift_jis').decode(Buffer.from('8e5293638740', 'hex'))).toBe('山田①');
    expect(() => createDecoder('windows-9')).toThrow(RangeError);
  });
});
