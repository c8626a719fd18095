/** How the program of a step comes to write its checkpoints. */
import type { CheckpointRule } from '../../../shared/model/checkpoint';
import {
  saveSignals,
  usualSavingTime,
  type MadeRule,
  type SaveSignal,
  type SavingAction,
} from '../../../shared/model/making';
import type { Path } from '../document/document';
import { accepted, refused, type Parsed } from '../document/parsed';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import { parseSpan } from '../values/durations';
import { checkPlaceholders, problemAt, readValue, type Scope } from './scope';

type Making = Pick<CheckpointRule, 'made' | 'graceMs'>;

/** Of what stands under `checkpoints`; `usual`: what the preset says. */
export function resolveMaking(
  scope: Scope,
  checkpoints: Path,
  allowed: readonly string[] | null,
  usual: Making | null,
): Making {
  const path = [...checkpoints, 'made'];
  const grace = [...checkpoints, 'grace'];
  const made = scope.document.has(path) ? resolveMade(scope, path, allowed) : (usual?.made ?? null);
  const graceMs = scope.document.has(grace)
    ? readValue(scope, grace, 'bad-grace', parseSpan)
    : (usual?.graceMs ?? null);
  return { ...(made === null ? {} : { made }), ...(graceMs === null ? {} : { graceMs }) };
}

function resolveMade(scope: Scope, path: Path, allowed: readonly string[] | null): MadeRule | null {
  const { document } = scope;
  if (document.isText(path)) return { kind: 'itself' };
  const at = (field: string): Path => [...path, field];
  const span = (field: string): number | null =>
    document.has(at(field)) ? readValue(scope, at(field), `bad-${field}`, parseSpan) : null;
  const everyMs = span('every');
  if (document.has(at('signal'))) {
    const signal = readValue(scope, at('signal'), 'bad-signal', parseSignal);
    if (signal === 'TERM' && everyMs !== null)
      problemAt(scope, 'bad-every', at('every'), 'a program ends after TERM, so it is asked only once');
    return signal === null ? null : { kind: 'signal', signal, everyMs };
  }
  // That there is neither was told when the form was looked at.
  const action = document.has(at('command')) ? resolveCommand(scope, at('command'), allowed) : null;
  return action === null
    ? null
    : { kind: 'command', action, everyMs, timeoutMs: span('timeout') ?? usualSavingTime };
}

function resolveCommand(scope: Scope, path: Path, allowed: readonly string[] | null): SavingAction | null {
  const { document } = scope;
  const words = document.items(path);
  const isEmpty = words === null ? document.textAt(path).trim() === '' : words.length === 0;
  if (isEmpty) {
    problemAt(scope, 'empty', path, 'here should stand a command, such as [./save.sh]');
    return null;
  }
  const areKnown =
    (words ?? [path]).filter((place) => !checkPlaceholders(scope, place, allowed)).length === 0;
  if (!areKnown) return null;
  return words === null
    ? { kind: 'script', text: document.textAt(path) }
    : { kind: 'command', argv: words.map((place) => document.textAt(place)) };
}

export function parseSignal(text: string): Parsed<SaveSignal> {
  const name = text.trim().toUpperCase().replace(/^SIG/, '');
  const signal = saveSignals.find((one) => one === name);
  return signal === undefined
    ? refused(
        `${quote(text)} is no signal that asks a program to save${didYouMean(name, saveSignals)}; there are ${listNames(saveSignals)}`,
      )
    : accepted(signal);
}
