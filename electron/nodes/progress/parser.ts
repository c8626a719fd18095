/** How far a task is, as its own output tells: 0 to 1, and a phrase. */
export interface Progress {
  readonly fraction: number | null;
  readonly phrase: string | null;
}

export const nothingTold: Progress = { fraction: null, phrase: null };

/** Reads what one program prints. Its state holds the progress, and whatever else it must remember. */
export interface Parser<State extends Progress> {
  /** Whether only this program prints such a line. */
  readonly recognises: (line: string) => boolean;
  /** `command`: what the step runs, as far as it is known. */
  readonly start: (command: string) => State;
  readonly read: (line: string, state: State) => State;
}

/** Follows the output of one attempt. */
export interface ProgressReader {
  readonly progress: Progress;
  read(lines: readonly string[]): void;
}

/** A parser whose kind of state only it knows. */
export interface KnownProgram {
  readonly recognises: (line: string) => boolean;
  readonly follow: (command: string) => ProgressReader;
}

export function knownProgram<State extends Progress>(parser: Parser<State>): KnownProgram {
  return {
    recognises: parser.recognises,
    follow: (command) => {
      let state = parser.start(command);
      return {
        get progress() {
          return state;
        },
        read: (lines) => {
          for (const line of lines) state = parser.read(line, state);
        },
      };
    },
  };
}
