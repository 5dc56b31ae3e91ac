/** The stream of a compound file in which it tells when it was made and last saved (MS-OLEPS 2.21, 3.1.1). */
export const SUMMARY = '\x05SummaryInformation';

/** `times`: FILETIMEs by the number of their property: 12 made, 13 last saved. */
export function summaryInformation(times: Readonly<Record<number, Date | bigint>>): Buffer {
  const entries = Object.entries(times);
  const head = Buffer.alloc(48);
  head.writeUInt16LE(0xfffe, 0);
  head.writeUInt32LE(1, 24);
  head.writeUInt32LE(48, 44);
  const section = Buffer.alloc(8 + entries.length * 20);
  section.writeUInt32LE(section.length, 0);
  section.writeUInt32LE(entries.length, 4);
  for (const [index, [id, time]] of entries.entries()) {
    const at = 8 + entries.length * 8 + index * 12;
    section.writeUInt32LE(Number(id), 8 + index * 8);
    section.writeUInt32LE(at, 12 + index * 8);
    section.writeUInt32LE(0x40, at);
    section.writeBigUInt64LE(typeof time === 'bigint' ? time : fileTime(time), at + 4);
  }
  return Buffer.concat([head, section]);
}

/** Hundreds of nanoseconds since 1601. */
export function fileTime(time: Date): bigint {
  return (BigInt(time.getTime()) + 11_644_473_600_000n) * 10_000n;
}
