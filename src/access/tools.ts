/** Programs of the host that a source may ask, handed in by the caller: parts start no processes themselves. */

export interface ToolAnswer {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a program to its end, in the C locale, with no more than the standard folders of programs searched. Null where there is no such program. */
export type RunTool = (command: string, args: readonly string[], input?: Buffer) => ToolAnswer | null;

/** For callers that may start nothing. */
export const NO_TOOLS: RunTool = () => null;
