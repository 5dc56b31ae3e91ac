/**
 * What a worker gives up before it opens the first file: the network, and core dumps, which would carry what it read. Readers of damaged files are large
 * and come from elsewhere; none of them needs either.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** For the rest of this process. The channel to the parent stays: it was there before. */
export function shutIn(): void {
  const refuse = (): never => {
    throw new Error('a worker has no network');
  };
  // All of Node's clients (http, https, tls, fetch, WebSocket) connect by this one.
  net.Socket.prototype.connect = refuse;
  net.Server.prototype.listen = refuse;
  dgram.Socket.prototype.bind = refuse;
  dgram.Socket.prototype.send = refuse;
  Object.assign(dns, { lookup: refuse, resolve: refuse });
  // Those who imported a function by its name get the refusal as well.
  syncBuiltinESMExports();
  leaveNoMemoryBehind();
}

/** Linux: no kind of mapping goes into a dump (core(5), coredump_filter). Elsewhere the system's own setting holds. */
function leaveNoMemoryBehind(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // A container may hide it; dumps are then what its host makes of them.
  }
}
