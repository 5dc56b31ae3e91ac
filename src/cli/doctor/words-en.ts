import type { DoctorWords, OwnPlace } from './words.js';

const OWN: Readonly<Record<OwnPlace, string>> = {
  inventory: 'inventory',
  key: 'key',
  csv: 'CSV report',
  jsonl: 'JSONL report',
  prometheus: 'Prometheus file',
};

export const doctorEn: DoctorWords = {
  host: 'this host',
  places: 'places of our own files',
  result: {
    0: 'Ready for the first sweep.',
    2: 'A sweep could not run like this. Mend the lines marked ×.',
    3: 'A sweep can run, but something will not be examined or judged: see the lines marked △.',
  },
  node: (version, isEnough) => ({
    text: `Node.js ${version}`,
    ...(isEnough ? {} : { todo: 'install Node.js 20.16 or later (22 and 24 too)' }),
  }),
  memory: (available, needed, cores, workers, isEnough) => ({
    text: `${available} MB of memory free, ${cores} cores; ${workers} reading processes may take ${needed} MB`,
    ...(isEnough ? {} : { todo: 'make memory free, or use fewer reading processes (--workers)' }),
  }),
  worker: (milliseconds) => ({ text: `a reading process starts and finds a made-up person (${milliseconds} ms)` }),
  workerFails: (detail) => ({ text: `reading processes don't work: ${detail}`, todo: 'install again: npm ci, npm run build' }),
  sqlite: (name) => ({ text: `database ${name}` }),
  sqliteFails: (detail) => ({
    text: `the database can't be loaded: ${detail}`,
    todo: 'install again (npm ci), or use Node.js 22.13 or later',
  }),
  koffi: (loads) =>
    loads
      ? { text: 'access lists: calls of the system available (koffi)' }
      : {
          text: "access lists: calls of the system can't be made (koffi is missing)",
          todo: 'install again (npm ci); without it files whose access depends on a list are undetermined',
        },
  ocr: (present, wanted, archive) =>
    present
      ? { text: `OCR packages present${wanted ? '' : '; pictures are read with --ocr only'}` }
      : {
          text: `the OCR part is not installed: pictures and scans are told as not read${wanted ? '' : ' (it is needed with --ocr only)'}`,
          ...(wanted
            ? {
                todo:
                  archive === null
                    ? 'npm install tesseract.js-core @tesseract.js-data/jpn'
                    : `unpack ${archive} over the folder of the program`,
              }
            : {}),
        },
  configuration: (file) => ({ text: `configuration ${file}: no errors` }),
  configurationFaults: (fault) => ({ text: fault, todo: 'mend the configuration' }),
  noRoots: { text: 'no folder to sweep was given', todo: 'name folders, or write them as "roots" into the configuration' },
  files: (files, folders, bytes, isExact) => ({
    text: `${isExact ? '' : 'about '}${files} files in ${folders} folders, ${bytes}${isExact ? '' : ' (estimated from samples; may be off by half)'}`,
  }),
  noFiles: { text: 'no files are there to be swept', todo: 'is the share mounted? Do the patterns (include, exclude) fit?' },
  unreadFolders: (count) => ({
    text: `folders that can't be listed: ${count} of those looked at`,
    todo: 'let this user read them (Linux: CAP_DAC_READ_SEARCH; Windows: Backup Operators)',
  }),
  readable: (opened, tried, isAll) => ({
    text: `${opened} of ${tried} sampled files can be opened`,
    ...(isAll
      ? {}
      : {
          todo: 'what can\'t be opened is told as "undetermined"; let this user read it (Linux: CAP_DAC_READ_SEARCH; Windows: Backup Operators)',
        }),
  }),
  fileSystem: (type) => ({ text: `file system ${type}` }),
  access: (percent, source) => ({ text: `who can read is known for ${percent} of the sample (source: ${source})` }),
  accessUnknown: (percent, reason) => ({
    text: `who can read is not known for ${percent} of the sample: ${reason}`,
    todo: 'such files are "undetermined" unless a password protects them; sweep on the file server itself where that is possible',
  }),
  broadGroupsUnknown: (names) => ({
    text: `broadGroups of the policy: nobody here knows ${names.map((name) => `"${name}"`).join(', ')}; no file counts as open by it`,
    todo: 'see to the name, or write its SID or gid',
  }),
  concernedIdle: (folder) => ({
    text: `concerned of the policy: no folder fits "${folder}", so that its list of people holds nowhere`,
    todo: "folders count from below the swept one; '**/NAME' fits at any depth",
  }),
  samba: (conf) => ({ text: `shares of Samba: settings read from ${conf}` }),
  sambaDoubt: (doubt) => ({
    text: `shares of Samba are not all known: ${doubt}`,
    todo: 'files that would be restricted are "unknown" until these settings can be read',
  }),
  sambaOther: (shown, canBeRead) => ({
    text: `a running smbd uses other settings than those that were read: ${shown}`,
    todo: canBeRead
      ? `if it serves these folders, write "smbConf: ${shown}" into the policy; until then nobody knows who reads through it, and access is "unknown"`
      : 'it may serve these folders: until its settings are known ("smbConf" of the policy names those of one server), access is "unknown"',
  }),
  accessTimes: (kept) =>
    kept === 'asked'
      ? { text: 'access times are kept' }
      : kept === 'mount'
        ? { text: 'access times are kept: the mount notes none (noatime)' }
        : {
            text: "access times will move: this user doesn't own the files",
            todo:
              kept === 'moved-windows'
                ? 'see whether this system notes access times at all (fsutil behavior query disablelastaccess); or live with it'
                : 'give CAP_FOWNER, or mount with noatime; or live with it',
          },
  links: (links, special) => ({ text: `${links} links (not followed), ${special} special files (not opened) among those looked at` }),
  time: (first, later, sample) => ({ text: `first sweep about ${first}, later ones from ${later} (from ${sample} files read here)` }),
  timeUnknown: { text: "how long a sweep takes can't be told: no file could be read without moving its access time" },
  rateBound: (time) => ({ text: `the bounded rate makes the first sweep take at least ${time}` }),
  place: (what, free, makesFolder) => ({
    text: `${OWN[what]}: can be written, ${free} free${makesFolder ? '; the folder is not there yet, and the sweep will make it' : ''}`,
  }),
  belowRoot: (what, root) => ({ text: `${OWN[what]}: lies below ${root}, which is to be swept`, todo: 'choose a place outside of it' }),
  unwritable: (what, cause) => ({
    text: `${OWN[what]}: can't be written (${cause})`,
    todo: 'choose another place, or give this user the right',
  }),
  lowSpace: (free, needed) => ({ text: `inventory: ${free} free, and it may need ${needed}`, todo: 'make room, or choose another place' }),
  onNetwork: (type) => ({
    text: `inventory: lies on a network file system (${type})`,
    todo: 'put it on a local disk: a database on a share is slow and can be damaged',
  }),
  keyBeside: {
    text: 'key: lies in the same folder as the inventory',
    todo: 'whoever copies both can try out numbers; put the key elsewhere (--key, a systemd credential)',
  },
  keyOpen: { text: 'key: others may read it', todo: 'chmod 600' },
  keyMissing: { text: 'key: the inventory is there, its key is not', todo: 'put the key back, or begin a new inventory' },
  inventoryOlder: { text: 'inventory: of an older version; the next sweep brings it up to date and leaves a copy beside it' },
  inventoryDamaged: {
    text: 'inventory: damaged; the next sweep puts it aside, takes over what can be read of it and reads all files again',
    todo: 'leave time for that, or restore it from a backup; and check its disk',
  },
  inventoryUnusable: (why) => ({ text: `inventory: ${why}` }),
  departmentUnmatched: (names) => ({
    text: `departments without any file among those looked at: ${names}`,
    todo: 'check their paths: they count from below a root',
  }),
  managerMissing: (names) => ({ text: `departments without a manager's mail address: ${names}`, todo: 'nobody is written to for them' }),
  managersNotAsked: (names) => ({
    text: `managers are named, and get no mail unless "notify" says so: ${names}`,
    todo: 'write "departments: true" under "notify" (the default is false), or "departments: false" if nobody is to be written to',
  }),
  mail: (server) => ({ text: `mail server ${server} answers` }),
  mailFails: (server, why) => ({
    text: `mail server ${server}: ${why}`,
    todo: 'mend "notify" in the configuration; a sweep runs all the same, but nobody would be told',
  }),
};
