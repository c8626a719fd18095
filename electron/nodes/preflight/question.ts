/** What a node is asked before work is sent there. See resources/agent/ask.sh. */
import type { Readable, Writable } from 'node:stream';
import { escapeForPrintf } from '../quote';

export const questionKinds = ['program', 'run', 'file', 'folder', 'output', 'room'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  readonly kind: QuestionKind;
  /** Of a program, or a path as it is there. */
  readonly name: string;
}

/** A word of ask.sh, or an amount of KiB; null: it was not answered. */
export type Answer = string | null;

/** Has a node answer lines of questions; when aborted, it tells what was answered until then. */
export type Ask = (lines: string, signal: AbortSignal) => Promise<string>;

export const linesOf = (questions: readonly Question[]): string =>
  questions.map(({ kind, name }) => `${kind} ${escapeForPrintf(name)}\n`).join('');

export function readAnswers(text: string, count: number): readonly Answer[] {
  const answers = Array.from<Answer>({ length: count }).fill(null);
  for (const [, index = '', word = ''] of text.matchAll(/^ANSWER (\d{1,6}) (\w{1,20})$/gm))
    if (Number(index) < count) answers[Number(index)] = word;
  return answers;
}

/** A command that answers questions. */
export interface Asked {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly ended: Promise<unknown>;
  readonly stop: () => void;
}

const mostCharacters = 1024 * 1024;

/** A disk that hangs may let it wait for ever: what comes before that is told all the same. */
export async function answersOf(asked: Asked, lines: string, signal: AbortSignal): Promise<string> {
  let text = '';
  asked.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
    if (text.length > mostCharacters) asked.stop();
  });
  // It need not read what it is given.
  asked.stdin.on('error', () => {});
  asked.stdin.end(lines);
  await new Promise<void>((done) => {
    const end = (): void => {
      signal.removeEventListener('abort', stop);
      done();
    };
    const stop = (): void => {
      asked.stop();
      end();
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    asked.ended.then(end, end);
  });
  return text;
}
