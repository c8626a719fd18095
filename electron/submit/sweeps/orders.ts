import type { TaskOrder } from '../../../shared/model/space/order';
import { mostTasks } from '../values/frames';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { didYouMean } from '../document/suggest';
import { quote } from '../document/words';

const words = ['forward', 'reverse', 'middle out', 'every 10th'] as const;

/** Which tasks have their turn first; null: as they stand. */
export function parseOrder(text: string): Parsed<TaskOrder | null> {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  if (written === 'forward') return accepted(null);
  if (written === 'reverse') return accepted({ kind: 'reverse' });
  if (written === 'middle out') return accepted({ kind: 'middleOut' });
  const [, digits] = /^every (\d{1,9})(?:st|nd|rd|th)?$/.exec(written) ?? [];
  const stride = Number(digits);
  if (stride >= 2 && stride <= mostTasks) return accepted({ kind: 'every', stride });
  return refused(
    `${quote(text)} is no order of tasks${didYouMean(written, words)}; allowed are ${words.join(', ')}`,
  );
}
