/** RC4, which current OpenSSL no longer offers: needed to see which old files open without a password. For nothing else. */

/** Encrypting and decrypting are the same. The state goes on from call to call. */
export class Rc4 {
  private readonly state = new Uint8Array(256);
  private i = 0;
  private j = 0;

  constructor(key: Uint8Array) {
    const { state } = this;
    for (let i = 0; i < 256; i++) state[i] = i;
    for (let i = 0, j = 0; i < 256; i++) {
      const at = state[i] ?? 0;
      j = (j + at + (key[i % key.length] ?? 0)) & 255;
      state[i] = state[j] ?? 0;
      state[j] = at;
    }
  }

  apply(bytes: Uint8Array): Buffer {
    const { state } = this;
    const out = Buffer.allocUnsafe(bytes.length);
    for (let at = 0; at < bytes.length; at++) {
      this.i = (this.i + 1) & 255;
      const a = state[this.i] ?? 0;
      this.j = (this.j + a) & 255;
      const b = state[this.j] ?? 0;
      state[this.i] = b;
      state[this.j] = a;
      out[at] = (bytes[at] ?? 0) ^ (state[(a + b) & 255] ?? 0);
    }
    return out;
  }
}

export function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  return new Rc4(key).apply(bytes);
}
