/** Codes of Windows (System Error Codes; lmerr.h) by name, for reasons that an administrator reads. They never carry a path. */

export const ERROR_NOT_SUPPORTED = 50;
export const ERROR_INSUFFICIENT_BUFFER = 122;
export const NERR_SERVER_NOT_STARTED = 2114;

const NAMES: Readonly<Record<number, string>> = {
  2: 'ERROR_FILE_NOT_FOUND',
  3: 'ERROR_PATH_NOT_FOUND',
  5: 'ERROR_ACCESS_DENIED',
  21: 'ERROR_NOT_READY',
  32: 'ERROR_SHARING_VIOLATION',
  50: 'ERROR_NOT_SUPPORTED',
  53: 'ERROR_BAD_NETPATH',
  64: 'ERROR_NETNAME_DELETED',
  67: 'ERROR_BAD_NET_NAME',
  87: 'ERROR_INVALID_PARAMETER',
  120: 'ERROR_CALL_NOT_IMPLEMENTED',
  123: 'ERROR_INVALID_NAME',
  1307: 'ERROR_INVALID_OWNER',
  1314: 'ERROR_PRIVILEGE_NOT_HELD',
  1332: 'ERROR_NONE_MAPPED',
  1722: 'RPC_S_SERVER_UNAVAILABLE',
  2114: 'NERR_ServerNotStarted',
  2310: 'NERR_NetNameNotFound',
};

/** `ERROR_ACCESS_DENIED (5)`, or the number alone. */
export function windowsError(code: number): string {
  const name = NAMES[code];
  return name === undefined ? `error ${code}` : `${name} (${code})`;
}
