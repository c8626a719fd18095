/** What real programs have printed, and what is made of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recognised, type ProgressRule } from '../../../shared/model/progress';
import { OutputLines } from './output-lines';
import type { Progress } from './parser';
import { progressReader } from './reader';

export const recorded = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.txt`));

export interface Reading {
  readonly rule?: ProgressRule;
  readonly command?: string;
}

/** Each change, in the order of the pieces. */
export function readPieces(pieces: readonly Buffer[], { rule = recognised, command = '' }: Reading = {}) {
  const lines = new OutputLines();
  const reader = progressReader(rule, command);
  const changes: Progress[] = [];
  const take = (some: readonly string[]): void => {
    for (const line of some) {
      reader.read([line]);
      const { fraction, phrase } = reader.progress;
      const last = changes.at(-1);
      if (fraction !== (last?.fraction ?? null) || phrase !== (last?.phrase ?? null))
        changes.push({ fraction, phrase });
    }
  };
  for (const piece of pieces) take(lines.add(piece));
  take(lines.end());
  return changes;
}

export const readWhole = (text: string | Buffer, reading?: Reading): readonly Progress[] =>
  readPieces([Buffer.from(text)], reading);
