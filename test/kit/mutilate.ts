/** Broken copies of a file, the same ones at each run: cut short, and with single bytes changed. */

export function* mutilated(bytes: Buffer, count = 60): Generator<Buffer> {
  for (let index = 1; index < count; index++) yield bytes.subarray(0, Math.floor((bytes.length * index) / count));
  let state = 12_345;
  for (let index = 0; index < count; index++) {
    const copy = Buffer.from(bytes);
    for (let flips = 0; flips < 4; flips++) {
      // A linear congruential generator (Numerical Recipes): chance that repeats itself.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      copy[state % copy.length] = state >>> 24;
    }
    yield copy;
  }
}
