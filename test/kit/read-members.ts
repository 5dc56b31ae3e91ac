/** Runs an extractor over bytes and collects its members with their content, its text, and what it tells; and damages bytes by a rule. */
import { memorySource } from '../../src/container/memory-source.js';
import type { Extractor } from '../../src/parts.js';
import { FileProblem } from '../../src/problem.js';

export interface MembersRead {
  /** Name and content; binary content as latin1. */
  readonly members: (readonly [string, Buffer])[];
  readonly texts: string[];
  /** Of a member with its name in front. */
  readonly problems: string[];
}

export interface ReadWishes {
  readonly name?: string;
  readonly format?: string;
  readonly passwords?: readonly string[];
}

export async function readMembers(extractor: Extractor, bytes: Buffer, wishes: ReadWishes = {}): Promise<MembersRead> {
  const read: MembersRead = { members: [], texts: [], problems: [] };
  const context = {
    format: wishes.format ?? extractor.formats[0]!,
    passwords: wishes.passwords ?? [],
    problem: (code: string, detail: string) => void read.problems.push(`${code}: ${detail}`),
    unpacked: () => undefined,
  };
  for await (const block of extractor.read(memorySource(wishes.name ?? 'file', bytes), context)) {
    if (block.kind === 'member') {
      if (block.problem) read.problems.push(`${block.name}: ${block.problem.code}: ${block.problem.detail}`);
      try {
        read.members.push([block.name, Buffer.from(block.source.read(0, block.source.sizeBytes))]);
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        read.problems.push(`${block.name}: ${error.code}: ${error.detail}`);
      }
    } else if (block.kind === 'text') read.texts.push(block.text);
  }
  return read;
}

/**
 * Cuts at every tenth and turns one byte of every few: gives how many of these inputs ended in anything but a FileProblem or blocks, which must
 * be none.
 */
export async function countFaults(extractor: Extractor, bytes: Buffer, inputs = 60): Promise<number> {
  let faults = 0;
  for (let input = 0; input < inputs; input++) {
    const damaged = Buffer.from(input < 10 ? bytes.subarray(0, Math.floor((bytes.length * input) / 10)) : bytes);
    if (input >= 10 && damaged.length > 0) {
      const at = (input * 7919) % damaged.length;
      damaged[at] = (damaged[at]! ^ (1 << (input % 8)) ^ (input % 3 === 0 ? 0xff : 0)) & 0xff;
    }
    try {
      await readMembers(extractor, damaged);
    } catch (error) {
      if (!(error instanceof FileProblem)) faults++;
    }
  }
  return faults;
}
