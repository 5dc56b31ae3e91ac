/** Passwords that programs set by themselves and try by themselves: what they lock opens without asking anyone. */

/** Excel: workbooks whose structure is protected (MS-XLS 2.2.10). */
export const EXCEL_PASSWORD = 'VelvetSweatshop';
/** PowerPoint: presentations with a password for writing only (MS-PPT 2.3.7). */
export const POWERPOINT_PASSWORD = '/01Hannes Ruescher/01';

export const DEFAULT_PASSWORDS: readonly string[] = [EXCEL_PASSWORD, POWERPOINT_PASSWORD];
