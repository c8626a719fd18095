import { quote } from '../document/words';
import type { Action, Cancelation, Environment, StepScript, Written } from './model';
import { notifyPeriodRule, timeoutRule } from './numbers';
import type { Resolver } from './resolver';

export function resolveEnvironment(
  { script, ...rest }: Environment<Written>,
  resolver: Resolver,
): Environment {
  if (script === null) return { ...rest, script };
  const { onEnter, onExit, embeddedFiles } = script;
  return {
    ...rest,
    script: {
      onEnter: onEnter === null ? null : resolveAction(onEnter, resolver),
      onExit: onExit === null ? null : resolveAction(onExit, resolver),
      embeddedFiles,
    },
  };
}

export function resolveScript({ onRun, embeddedFiles }: StepScript<Written>, resolver: Resolver): StepScript {
  return { onRun: resolveAction(onRun, resolver), embeddedFiles };
}

function resolveAction({ command, args, timeout, cancelation }: Action<Written>, resolver: Resolver): Action {
  return {
    command,
    args,
    timeout: timeout === null ? null : resolver.number(timeout, timeoutRule),
    cancelation: resolveCancelation(cancelation, resolver),
  };
}

function resolveCancelation(cancelation: Cancelation<Written>, resolver: Resolver): Cancelation {
  if (cancelation.mode === 'TERMINATE') return cancelation;
  const period = cancelation.notifyPeriodInSeconds;
  const notifyPeriodInSeconds = period === null ? null : resolver.number(period, notifyPeriodRule);
  if (cancelation.mode === 'NOTIFY_THEN_TERMINATE') return { mode: cancelation.mode, notifyPeriodInSeconds };
  const { written } = cancelation;
  const mode = resolver.text(written);
  if (mode === 'NOTIFY_THEN_TERMINATE') return { mode, notifyPeriodInSeconds };
  if (mode === 'TERMINATE' && period !== null)
    resolver.problem(
      written.path,
      'conflict',
      'its names filled in, this is TERMINATE, which takes no notifyPeriodInSeconds',
    );
  if (mode !== null && mode !== 'TERMINATE')
    resolver.problem(
      written.path,
      'unknown-value',
      `its names filled in, this is ${quote(mode)}; allowed is TERMINATE, NOTIFY_THEN_TERMINATE`,
    );
  return { mode: 'TERMINATE' };
}
