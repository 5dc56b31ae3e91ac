/** Writes a compound file (MS-CFB) with a few streams, '/' between a storage and what lies in it: what an encrypted Office document is kept in. Streams under 4,096 bytes go to the mini stream, as the format demands. */

const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;
const SECTOR = 512;
const MINI = 64;

const padTo = (bytes, size) => Buffer.concat([bytes, Buffer.alloc((size - (bytes.length % size)) % size)]);

/** Links `count` sectors from `first` on to one chain. */
function chain(table, first, count) {
  for (let at = 0; at < count; at++) table[first + at] = at === count - 1 ? END : first + at + 1;
  return count ? first : END;
}

function entry(name, type, child, right, start, sizeBytes) {
  const bytes = Buffer.alloc(128);
  bytes.write(name, 'utf16le');
  bytes.writeUInt16LE((name.length + 1) * 2, 64);
  bytes[66] = type;
  bytes[67] = 1;
  bytes.writeUInt32LE(FREE, 68);
  bytes.writeUInt32LE(right, 72);
  bytes.writeUInt32LE(child, 76);
  bytes.writeUInt32LE(start, 116);
  bytes.writeUInt32LE(sizeBytes, 120);
  return bytes;
}

const sectorsOf = (length, size) => Math.ceil(length / size);
const asWords = (list, fill) => {
  const bytes = Buffer.alloc(Math.ceil(list.length / 128) * SECTOR, 0);
  for (let at = 0; at < bytes.length / 4; at++) bytes.writeUInt32LE(list[at] ?? fill, at * 4);
  return bytes;
};

/** Entries in their order, folder after folder. Siblings form a tree sorted by length of the name, then by its letters (MS-CFB 2.6.4); a chain to the right is such a tree. */
function treeOf(streams) {
  const list = [];
  const below = (folder, items) => {
    const inside = new Map();
    for (const [path, bytes] of items) {
      const [name, ...rest] = path.split('/');
      const found = inside.get(name) ?? { name, path: folder + name, items: [] };
      inside.set(name, found);
      if (rest.length) found.items.push([rest.join('/'), bytes]);
      else found.bytes = bytes;
    }
    const sorted = [...inside.values()].sort(
      (a, b) => a.name.length - b.name.length || (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1),
    );
    sorted.forEach((item, at) => {
      list.push(item);
      item.child = FREE;
      item.right = at + 1 < sorted.length ? list.length + 1 : FREE;
    });
    for (const item of sorted) {
      if (item.bytes) continue;
      item.child = list.length + 1;
      below(`${item.path}/`, item.items);
    }
  };
  below('', streams);
  return list;
}

/** `streams`: [path, bytes]; at most 6 MB together, so that the header's own list of FAT sectors suffices. */
export function writeCfb(streams) {
  const tree = treeOf(streams);
  const sorted = tree.filter(({ bytes }) => bytes);
  const miniFat = [];
  const minis = [];
  const large = [];
  const starts = new Map();
  for (const { path, bytes } of sorted) {
    if (bytes.length >= 4096) {
      large.push([path, bytes]);
      continue;
    }
    starts.set(path, chain(miniFat, miniFat.length, sectorsOf(bytes.length, MINI)));
    minis.push(padTo(bytes, MINI));
  }
  const miniStream = padTo(Buffer.concat(minis), SECTOR);
  const fat = [];
  const sectors = [];
  const place = (bytes) => {
    const filled = padTo(bytes, SECTOR);
    const first = chain(fat, fat.length, filled.length / SECTOR);
    sectors.push(filled);
    return first;
  };
  for (const [name, bytes] of large) starts.set(name, place(bytes));
  const miniStart = place(miniStream);
  const miniFatBytes = asWords(miniFat, FREE);
  const miniFatStart = place(miniFatBytes);
  const directory = [entry('Root Entry', 5, 1, FREE, miniStart, miniStream.length)];
  for (const { name, path, bytes, child, right } of tree)
    directory.push(entry(name, bytes ? 2 : 1, child, right, bytes ? starts.get(path) : 0, bytes?.length ?? 0));
  const unused = Buffer.alloc(128);
  for (const at of [68, 72, 76]) unused.writeUInt32LE(FREE, at);
  while (directory.length % 4) directory.push(unused);
  const directoryStart = place(Buffer.concat(directory));
  let fatSectors = 1;
  while (fatSectors * 128 < fat.length + fatSectors) fatSectors++;
  const fatStart = fat.length;
  for (let at = 0; at < fatSectors; at++) fat.push(FAT);
  sectors.push(asWords(fat, FREE));

  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  [0x3e, 3, 0xfffe, 9, 6].forEach((value, at) => {
    header.writeUInt16LE(value, 24 + at * 2);
  });
  header.writeUInt32LE(fatSectors, 44);
  header.writeUInt32LE(directoryStart, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(miniFatStart, 60);
  header.writeUInt32LE(miniFatBytes.length / SECTOR, 64);
  header.writeUInt32LE(END, 68);
  for (let at = 0; at < 109; at++) header.writeUInt32LE(at < fatSectors ? fatStart + at : FREE, 76 + at * 4);
  return Buffer.concat([header, ...sectors]);
}
