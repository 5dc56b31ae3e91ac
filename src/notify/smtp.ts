/**
 * Sends mails through the organisation's own server (SMTP, RFC 5321). Nothing else is connected to, and no message of the server is passed on: it may
 * repeat what was sent to it, the password too.
 */
import type { Lang } from '../../detectors/contract.js';
import type { Smtp } from '../policy/site.js';
import { type Mail, mailHtml, mailText } from './mail-document.js';

const TIMEOUT_MS = 30_000;
/** A server that is busy (4xx) or was not reached gets another try; what it refuses for good does not. */
const TRIES = 2;
const PAUSE_MS = 3_000;

/** The rest of what sending needs, read from files and the environment by the caller. */
export interface SmtpSecrets {
  readonly password: string | null;
  /** PEM. */
  readonly ca: string | null;
}

export interface Envelope {
  readonly to: readonly string[];
  readonly mail: Mail;
}

/** `failed`: a code for each mail that did not go out. */
export interface Sent {
  readonly sent: number;
  readonly failed: readonly string[];
}

/** Never throws; one mail that is refused does not keep back the others. */
export async function sendMails(envelopes: readonly Envelope[], smtp: Smtp, secrets: SmtpSecrets, lang: Lang): Promise<Sent> {
  const transport = await open(smtp, secrets);
  const failed: string[] = [];
  let sent = 0;
  for (const { to, mail } of envelopes) {
    const message = {
      from: smtp.from,
      to: [...to],
      subject: mail.subject,
      text: mailText(mail.blocks),
      html: mailHtml(mail.blocks, lang),
      // RFC 3834: nobody's holiday notice comes back to it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    const code = await tried(async () => {
      const { rejected } = await transport.sendMail(message);
      if (rejected.length > 0) throw Object.assign(new Error('rejected'), { code: 'EENVELOPE' });
    });
    if (code === null) sent++;
    else failed.push(code);
    // No way to the server: for the others there is none either, and each would wait for its end.
    if (code !== null && NO_WAY.test(code)) break;
  }
  transport.close();
  return { sent, failed: [...failed, ...Array<string>(envelopes.length - sent - failed.length).fill(failed.at(-1) ?? '')] };
}

/** Connects and logs in, sends nothing. Null when that went well, else a code. */
export async function checkServer(smtp: Smtp, secrets: SmtpSecrets): Promise<string | null> {
  const transport = await open(smtp, secrets);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    transport.close();
  }
}

async function open({ host, port, security, user }: Smtp, { password, ca }: SmtpSecrets) {
  // Loaded when there is something to send: most commands of the program never do.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A mail is made of what is handed in, never of files or addresses that a text names.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

async function tried(act: () => Promise<void>): Promise<string | null> {
  for (let left = TRIES - 1; ; left--) {
    try {
      await act();
      return null;
    } catch (error) {
      if (left === 0 || !isPassing(error)) return codeOf(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Failures that are not those of one mail. */
const NO_WAY = /^(?:ECONNECTION|ETIMEDOUT|ESOCKET|EDNS|ETLS|EAUTH|ENOAUTH|EOAUTH2)/u;

/** RFC 5321, 4.2.1: 4yz is transient. */
function isPassing(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode !== undefined) return responseCode >= 400 && responseCode < 500;
  return code === 'ECONNECTION' || code === 'ETIMEDOUT' || code === 'ESOCKET' || code === 'EDNS';
}

/** `EAUTH 535`, `ECONNECTION`. */
function codeOf(error: unknown): string {
  const { responseCode, code, name } = error as { responseCode?: number; code?: string; name?: string };
  const word = typeof code === 'string' && /^[A-Z0-9_]{2,60}$/u.test(code) ? code : (name ?? 'error');
  return responseCode === undefined ? word : `${word} ${responseCode}`;
}
