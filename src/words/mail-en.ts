/** The sentences of the mails in English. */
import type { MailWords } from './mail.js';

export const mailEn: MailWords = {
  subject: (day, scope, violations, notExamined, isComplete) =>
    `[mimawari] ${day}${scope === '' ? '' : ` ${scope}`}: ${violations} in violation, ${notExamined} not examined${isComplete ? '' : ' (not complete)'}`,
  failedSubject: (day) => `[mimawari] ${day}: the sweep could not run`,
  failed: 'The sweep of the shared folders could not run. The reason:',
  failedNext: 'When it is mended, try mimawari doctor. All earlier results are kept.',
  morning: (day) => `The result of the sweep of the shared folders that began on ${day}.`,
  department: (name, day) =>
    `To whoever answers for ${name}:\n\nThis is what the sweep that began on ${day} found in the folders of ${name}.`,
  incomplete: 'The sweep did not reach its end: some files have not been looked at yet.',
  counts: 'Counts',
  files: 'files looked at',
  violations: 'in violation',
  fresh: '  of these new since the sweep before',
  resolved: 'resolved since the sweep before',
  excepted: 'approved exceptions',
  notExamined: 'not examined',
  records: 'records of personal data',
  persons: 'persons (each once)',
  exposedPersons: 'of these unprotected',
  byDepartment: 'By department',
  departmentName: 'department',
  noDepartment: '(no department)',
  worst: 'Files of highest risk',
  toMend: 'Files that must not stay as they are',
  unread: 'Files that could not be examined',
  more: (files) => `and ${files} more`,
  nothing: 'No file was found that needs anything.',
  masked: 'A "＊" stands for personal data in the name of a file.',
  next: 'What to do',
  steps: [
    'Delete files that are not needed any more.',
    'Give the others a password to open, or move them to a folder that only those concerned can read.',
    'Where neither is possible, ask whoever is responsible for information security.',
  ],
  adminNext: 'Why a single file was named: mimawari explain FILE. All of them: mimawari report --csv FILE.',
  outputs: 'Reports written',
  footer: 'This mail was sent by mimawari without anybody pressing a key.',
};
