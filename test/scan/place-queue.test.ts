import { describe, expect, it } from 'vitest';
import { PlaceQueue } from '../../src/scan/place-queue.js';

const at = (folder: string) => ({ root: '/r', folder });

describe('PlaceQueue', () => {
  it('names the first folder that is not done, in whatever order files are finished', () => {
    const queue = new PlaceQueue();
    expect(queue.first()).toBeNull();
    const [a, b, c] = ['a', 'b', 'c'].map((folder) => {
      const place = queue.enter(at(folder));
      queue.reopen(place);
      queue.done(place);
      return place;
    });
    queue.done(b!);
    expect(queue.first()).toEqual(at('a'));
    queue.done(a!);
    expect(queue.first()).toEqual(at('c'));
    queue.done(c!);
    expect(queue.first()).toEqual(at('c'));
    expect(queue.isDone).toBe(false);
    queue.end();
    expect([queue.first(), queue.isDone]).toEqual([null, true]);
  });
});
