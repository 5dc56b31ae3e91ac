/** Passwords that programs set by themselves and try by themselves: what they lock opens without asking anyone. */

/** Excel (MS-XLS 2.2.10), and PowerPoint for presentations with a password for writing (MS-PPT 2.3.7); the empty one asks no one either. */
export const DEFAULT_PASSWORDS: readonly string[] = ['VelvetSweatshop', '/01Hannes Ruescher/01'];
