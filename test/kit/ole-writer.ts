/** Writes small compound files (MS-CFB, version 3) for tests: streams below 4,096 bytes go to the mini stream, as the format wants. */

const SECTOR = 512;
const MINI = 64;
const MINI_BELOW = 4096;
const END = 0xfffffffe;
const FREE = 0xffffffff;
const FAT = 0xfffffffd;

/** `streams`: path to content; a '/' in a path makes a storage, one level deep. */
export function writeOle(streams: Readonly<Record<string, Buffer>>): Buffer {
  const sectors: Buffer[] = [];
  const fat: number[] = [];
  const addChain = (bytes: Buffer): number => {
    if (bytes.length === 0) return END;
    const first = sectors.length;
    for (let at = 0; at < bytes.length; at += SECTOR) {
      const sector = Buffer.alloc(SECTOR);
      bytes.copy(sector, 0, at, at + SECTOR);
      sectors.push(sector);
      fat.push(at + SECTOR < bytes.length ? sectors.length : END);
    }
    return first;
  };
  const mini: Buffer[] = [];
  const miniFat: number[] = [];
  const addMini = (bytes: Buffer): number => {
    const first = miniFat.length;
    for (let at = 0; at < bytes.length; at += MINI) {
      const piece = Buffer.alloc(MINI);
      bytes.copy(piece, 0, at, at + MINI);
      mini.push(piece);
      miniFat.push(at + MINI < bytes.length ? miniFat.length + 1 : END);
    }
    return bytes.length === 0 ? END : first;
  };

  const entries: { name: string; type: number; start: number; size: number; next: number; child: number }[] = [];
  const add = (name: string, type: number, start: number, size: number): number =>
    entries.push({ name, type, start, size, next: FREE, child: FREE }) - 1;
  add('Root Entry', 5, END, 0);
  const link = (parent: number, id: number): void => {
    const folder = entries[parent]!;
    entries[id]!.next = folder.child;
    folder.child = id;
  };
  const storages = new Map<string, number>();
  for (const [path, bytes] of Object.entries(streams)) {
    const slash = path.indexOf('/');
    let parent = 0;
    if (slash > 0) {
      const storage = path.slice(0, slash);
      if (!storages.has(storage)) {
        const id = add(storage, 1, 0, 0);
        storages.set(storage, id);
        link(0, id);
      }
      parent = storages.get(storage)!;
    }
    const start = bytes.length >= MINI_BELOW ? addChain(bytes) : addMini(bytes);
    link(parent, add(path.slice(slash + 1), 2, start, bytes.length));
  }
  const miniStream = Buffer.concat(mini);
  entries[0]!.start = addChain(miniStream);
  entries[0]!.size = miniStream.length;
  const miniFatStart = addChain(numbers(miniFat, SECTOR));
  const directoryStart = addChain(directory(entries));
  return file(sectors, fat, directoryStart, miniFatStart, Math.ceil((miniFat.length * 4) / SECTOR));
}

function directory(entries: readonly { name: string; type: number; start: number; size: number; next: number; child: number }[]): Buffer {
  const table = Buffer.alloc(Math.ceil(entries.length / 4) * SECTOR);
  entries.forEach((entry, id) => {
    const at = id * 128;
    table.write(entry.name, at, 'utf16le');
    table.writeUInt16LE(entry.name.length * 2 + 2, at + 64);
    table[at + 66] = entry.type;
    table.writeUInt32LE(FREE, at + 68);
    table.writeUInt32LE(entry.next, at + 72);
    table.writeUInt32LE(entry.child, at + 76);
    table.writeUInt32LE(entry.start, at + 116);
    table.writeUInt32LE(entry.size, at + 120);
  });
  return table;
}

function file(sectors: readonly Buffer[], fat: number[], directoryStart: number, miniFatStart: number, miniFatSectors: number): Buffer {
  const fatSectors = Math.ceil((sectors.length + 1) / 127);
  const first = sectors.length;
  for (let i = 0; i < fatSectors; i++) fat.push(FAT);
  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(fatSectors, 44);
  header.writeUInt32LE(directoryStart, 48);
  header.writeUInt32LE(MINI_BELOW, 56);
  header.writeUInt32LE(miniFatSectors > 0 ? miniFatStart : END, 60);
  header.writeUInt32LE(miniFatSectors, 64);
  header.writeUInt32LE(END, 68);
  for (let i = 0; i < 109; i++) header.writeUInt32LE(i < fatSectors ? first + i : FREE, 76 + i * 4);
  return Buffer.concat([header, ...sectors, numbers(fat, SECTOR)]);
}

function numbers(values: readonly number[], padTo: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil((values.length * 4) / padTo) * padTo, 0xff);
  values.forEach((value, at) => {
    bytes.writeUInt32LE(value, at * 4);
  });
  return bytes;
}
