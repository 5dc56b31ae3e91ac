/** The sentences of `mimawari access` in English. */
import type { AccessWords } from './access.js';

export const accessEn: AccessWords = {
  state: 'Access',
  because: (source, reason) => ` (by ${source}: ${reason})`,
  gates: 'Gates on the way (only who passes all of them reads the file)',
  gatesOfWays: 'Gates on the way (who passes all gates of one of these ways reads the file)',
  way: {
    share: (name) => `by the share ${name}`,
    server: () => 'on the server itself',
    root: () => 'by whatever exposes the swept folder',
  },
  unknownShare: 'a share that may be there',
  foldersFrom: (folder) => `folders from ${folder} down`,
  ntList: 'NT access list of Samba',
  gateNames: { share: 'share', folder: 'folder', file: 'file' },
  passes: 'passes',
  readsBy: 'reads',
  selfGiver: (owner) => `owner ${owner} can not open it as it is, and is counted: the owner may give himself the right`,
  noGates: 'The gates on the way to this file can not be told one by one.',
  readers: 'Who can read it',
  everybodyAndGuests: 'everybody, also without an account',
  everybody: 'everybody with an account',
  guests: 'guests, without an account',
  nobody: 'nobody but administrators',
  except: (names) => ` (but ${names})`,
  named: (count, names, more) => `${count} ${count === '1' ? 'account' : 'accounts'}: ${names}${more === '' ? '' : ` and ${more} more`}`,
  possibly: (who) => `possibly: ${who}`,
  andPossibly: 'and possibly others',
  anybody: 'not known; it may be everybody',
  unresolved: 'groups whose members nobody knows',
  unknown: 'Not known',
  counted: 'Counted',
  countedFrom: (folder) => `from ${folder} down`,
  countedByWay: 'by each way its own folders (below)',
  notCounted: (folder, permission, who) => `${folder} (${permission}) passes: ${who}`,
  notCountedNote:
    'Folders above the shared one are not counted. Whoever logs on to the server itself, or comes by a share that begins further up, must pass these too. --root names the shared folder.',
  close: 'What would close it',
  closeNote: 'mimawari does not run this. Read it, and run it as somebody who may. The first line keeps the present state.',
  closeFile: 'This file alone:',
  closeFolder: (folder, files) => `By its folder (${files} below ${folder}, all of them open):`,
  closesRoot: 'This is the shared folder itself: all that lies in it will be for those alone who stay.',
  removes: 'lose it',
  keeps: 'stay',
  others: 'everybody else',
  owner: (name) => `owner ${name}`,
  group: (name) => `group ${name}`,
  readersAfter: (count) => (count === 0 ? 'nobody but administrators reads it' : `${count} at most read it`),
  afterwards: (state, reason) => `afterwards this file is: ${state} (${reason})`,
  restore: 'To put it back:',
  noRemedyShares: (shares) =>
    `No change of modes and lists is known to close it while it is read through the share ${shares}. Limit who may connect to that share (Samba: "valid users").`,
  noRemedies: {
    'owner-guest': () =>
      'No change of its permission closes it: the guest account owns it, and an owner can always let himself in. Change the owner (chown).',
    'owner-not-concerned': (owner) =>
      `No change of its permission closes it: its owner ${owner} is not among the people concerned, and an owner can always let himself in. Change the owner (Unix: chown; Windows: icacls /setowner), or add ${owner} to "concerned" of the policy.`,
    'exported-names': () =>
      'No command is printed: the export gives groups and accounts by name, and the numbers of this host may be others. Export once more with numbers (getfacl -n), or take the broad groups out of the list on the server.',
    'exported-path': () =>
      'No command is printed: nobody says what the folder is called on the server. Write its path there (D:\\…, \\\\server\\share) under "exportedAs" of the policy.',
    'exported-entries': () =>
      'No command is printed: the list names groups of a domain without its number. Write the SID of the domain under "domain" of the policy (accessFrom).',
    unknown: () =>
      'No change of its list that this program can write closes it. Take those who are told above out of its list by hand, or move it to a folder of the people concerned.',
  },
  exportedNote:
    'The lists were taken elsewhere: run this on the server where they were exported. It is judged by the exported lists; export again afterwards.',
  sambaNote:
    'Samba judges this file by its own list, not by its mode: run this in PowerShell on Windows, as somebody who may change the list through the share.',
  limits: '"restricted" says nothing of backups, snapshots (previous versions), synchronised copies, mail, and administrators.',
};
