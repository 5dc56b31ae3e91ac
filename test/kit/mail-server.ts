/** A real SMTP server on the loopback interface, that keeps what it is sent; with TLS by a certificate made for the test where openssl is there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  readonly user: string | null;
  readonly secure: boolean;
  readonly raw: string;
}

export class MailServer {
  readonly received: Received[] = [];
  /** Passwords that were handed in, right or wrong. */
  readonly passwords: string[] = [];
  private server: SMTPServer | null = null;
  port = 0;

  /** `certificate`: then STARTTLS is offered. `user`, `password`: then mails are taken from that user only. `refuse`: an address that gets 550. */
  async start(options: { certificate?: Certificate; password?: string; refuse?: string } = {}): Promise<this> {
    const { certificate, password, refuse } = options;
    this.server = new SMTPServer({
      ...(certificate ? { key: certificate.key, cert: certificate.cert } : {}),
      disabledCommands: [...(certificate ? [] : ['STARTTLS']), ...(password === undefined ? ['AUTH'] : [])],
      authOptional: password === undefined,
      disableReverseLookup: true,
      onAuth: (auth, _session, done) => {
        this.passwords.push(auth.password ?? '');
        if (auth.password === password) done(null, { user: auth.username });
        else done(Object.assign(new Error(`wrong password ${auth.password}`), { responseCode: 535 }));
      },
      onRcptTo: (address, _session, done) =>
        done(address.address === refuse ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
      onData: (stream, session, done) => {
        let raw = '';
        stream.setEncoding('utf8').on('data', (text: string) => {
          raw += text;
        });
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, user: (session.user as string | undefined) ?? null, secure: session.secure, raw });
          done(null);
        });
      },
    });
    this.server.on('error', () => {});
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly file: string;
}

/** For 127.0.0.1, signed by itself; null where there is no openssl. */
export function makeCertificate(folder: string): Certificate | null {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...names,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  return made.status === 0 ? { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert } : null;
}

/** The parts of a mail as a mail program reads them: its head unfolded and decoded (RFC 2047), its texts from base64 or quoted-printable. */
export function readMail(raw: string): { readonly head: ReadonlyMap<string, string>; readonly text: string; readonly html: string } {
  const [headText = ''] = raw.split('\r\n\r\n', 1);
  const head = readHead(headText);
  const boundary = /boundary="([^"]+)"/u.exec(head.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error('not a mail of several parts');
  const texts = new Map<string, string>();
  for (const part of raw.split(`--${boundary}`).slice(1, -1)) {
    const [top = '', ...rest] = part.replace(/^\r\n/u, '').split('\r\n\r\n');
    const own = readHead(top);
    const body = rest.join('\r\n\r\n');
    const bytes = own.get('content-transfer-encoding') === 'base64' ? Buffer.from(body, 'base64') : fromQuoted(body);
    texts.set((own.get('content-type') ?? '').split(';')[0]!, bytes.toString('utf8'));
  }
  return { head, text: texts.get('text/plain') ?? '', html: texts.get('text/html') ?? '' };
}

function readHead(text: string): Map<string, string> {
  const lines = text.replace(/\r\n[ \t]+/gu, ' ').split('\r\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decoded(line.slice(line.indexOf(':') + 1).trim())]));
}

/** Each word by itself, as mail programs do: a character that is cut in two by a fold comes out broken. */
function decoded(value: string): string {
  return value
    .replace(/\?=\s+=\?/gu, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/giu, (_all, how: string, word: string) =>
      (how.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : fromQuoted(word.replaceAll('_', ' '))).toString('utf8'),
    );
}

function fromQuoted(text: string): Buffer {
  const plain = text
    .replace(/=\r\n/gu, '')
    .replace(/=([0-9A-F]{2})/giu, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}
