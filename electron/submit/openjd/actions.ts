/** What is run: actions, the files that are written for them, and the scripts that hold both. */
import { readIdentifier, readText, reportDuplicates } from './texts';
import type { Action, Cancelation, EmbeddedFile, FormatString, StepScript, Written } from './model';
import { notifyPeriodRule, timeoutRule } from './numbers';
import type { Scope } from './scope';
import { readFormat } from './scope';
import type { Fields, Value } from './value';
import { readWritten } from './written';

/** `template`: of what has to be known before anything runs, such as timeouts. */
export interface ActionScopes {
  readonly template: Scope;
  readonly host: Scope;
}

export function readAction(value: Value, scopes: ActionScopes): Action<Written> | null {
  const fields = value.fields(['command', 'args', 'timeout', 'cancelation']);
  const named = fields?.required('command');
  const command = named ? readFormat(named, scopes.host, { least: 1, controls: 'none' }) : null;
  const rest = readTerms(fields, scopes);
  return command === null ? null : { command, ...rest };
}

type Terms = Omit<Action<Written>, 'command'>;

function readTerms(fields: Fields | null, { template, host }: ActionScopes): Terms {
  const list = fields?.optional('args')?.list({ of: 'arguments' }) ?? [];
  const args = list
    .map((item) => readFormat(item, host, { controls: 'lines' }))
    .filter((arg) => arg !== null);
  const time = fields?.optional('timeout') ?? null;
  const timeout =
    time === null
      ? null
      : readWritten(time, timeoutRule, template, { needs: 'FEATURE_BUNDLE_1', what: 'timeout' });
  const cancelation = fields?.optional('cancelation') ?? null;
  return {
    args,
    timeout,
    cancelation: (cancelation === null ? null : readCancelation(cancelation, template)) ?? {
      mode: 'TERMINATE',
    },
  };
}

const modes = ['TERMINATE', 'NOTIFY_THEN_TERMINATE'] as const;

function readCancelation(value: Value, template: Scope): Cancelation<Written> | null {
  const named = value.fieldNamed('mode');
  const located = named?.located;
  const word = located?.kind === 'scalar' && typeof located.value === 'string' ? located.value : '';
  const open = word.includes('{{');
  const fields = value.fields(
    open || word === 'NOTIFY_THEN_TERMINATE' ? ['mode', 'notifyPeriodInSeconds'] : ['mode'],
  );
  const period = fields?.optional('notifyPeriodInSeconds') ?? null;
  const gate = { needs: 'FEATURE_BUNDLE_1', what: 'notifyPeriodInSeconds' } as const;
  const readPeriod = (): Written | null =>
    period === null ? null : readWritten(period, notifyPeriodRule, template, gate);
  if (open && named !== null) {
    const written = named.needs('FEATURE_BUNDLE_1', 'a mode with names in it')
      ? readFormat(named, template)
      : null;
    const notifyPeriodInSeconds = readPeriod();
    return written === null ? null : { mode: 'UNDECIDED', written, notifyPeriodInSeconds };
  }
  const mode = fields?.required('mode')?.oneOf(modes) ?? null;
  return mode === 'NOTIFY_THEN_TERMINATE'
    ? { mode, notifyPeriodInSeconds: readPeriod() }
    : mode === null
      ? null
      : { mode };
}

/** The names that format strings may use; also of those files with which something is wrong. */
export function fileNames(script: Value | null): readonly string[] {
  const list = script?.fieldNamed('embeddedFiles')?.located;
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => {
    const name = item.kind === 'map' ? item.entries.get('name')?.value : undefined;
    return name?.kind === 'scalar' && typeof name.value === 'string' ? [name.value] : [];
  });
}

export function readEmbeddedFiles(value: Value | null, scope: Scope): readonly EmbeddedFile[] {
  const list = value?.list({ of: 'files' }) ?? [];
  reportDuplicates(
    list.map((item) => item.fieldNamed('name')),
    'embedded file',
  );
  return list.map((item) => readEmbeddedFile(item, scope)).filter((file) => file !== null);
}

function readEmbeddedFile(value: Value, scope: Scope): EmbeddedFile | null {
  const fields = value.fields(['name', 'type', 'filename', 'runnable', 'data'], {
    endOfLine: 'FEATURE_BUNDLE_1',
  });
  const named = fields?.required('name');
  const name = named ? readIdentifier(named) : null;
  fields?.required('type')?.oneOf(['TEXT']);
  const file = fields?.optional('filename') ?? null;
  const filename = file === null ? null : readFilename(file);
  const runnable = fields?.optional('runnable')?.truth() ?? false;
  const text = fields?.required('data');
  const data = text ? readFormat(text, scope, { least: 1 }) : null;
  const endOfLine = fields?.optional('endOfLine')?.oneOf(['AUTO', 'LF', 'CRLF'] as const) ?? 'AUTO';
  return name === null || data === null ? null : { name, filename, runnable, endOfLine, data };
}

function readFilename(value: Value): string | null {
  const name = readText(value, { least: 1, most: value.reading.limits.filename });
  if (name === null || (!/[\\/\0]/.test(name) && name !== '.' && name !== '..')) return name;
  return value.problem(
    'bad-name',
    () => `found ${value.found()}; allowed is the bare name of a file, without the folders on the way to it`,
  );
}

/** What `python:` and the like are short for. */
const interpreters = {
  bash: { before: [], extension: 'sh' },
  cmd: { before: ['/C'], extension: 'bat' },
  node: { before: [], extension: 'js' },
  powershell: { before: ['-File'], extension: 'ps1' },
  python: { before: [], extension: 'py' },
} as const;

export type Interpreter = keyof typeof interpreters;

export const interpreterNames: readonly Interpreter[] = ['bash', 'cmd', 'node', 'powershell', 'python'];

const scriptFile = 'Script';

export function readSimpleAction(
  value: Value,
  interpreter: Interpreter,
  scopes: ActionScopes,
): StepScript<Written> | null {
  const fields = value.fields(['script', 'args', 'timeout', 'cancelation'], { let: 'EXPR' });
  const text = fields?.required('script');
  const data = text ? readFormat(text, scopes.host, { least: 1 }) : null;
  const { args, ...terms } = readTerms(fields, scopes);
  if (data === null) return null;
  const { before, extension } = interpreters[interpreter];
  const plain = (words: string): FormatString => ({
    text: words,
    segments: [{ kind: 'text', text: words }],
    path: value.path,
  });
  const symbol = `Task.File.${scriptFile}`;
  const file: FormatString = {
    text: `{{${symbol}}}`,
    segments: [{ kind: 'value', symbol, offset: 0 }],
    path: value.path,
  };
  return {
    onRun: { command: plain(interpreter), args: [...before.map(plain), file, ...args], ...terms },
    embeddedFiles: [
      {
        name: scriptFile,
        filename: `${scriptFile}.${extension}`,
        runnable: false,
        endOfLine: 'AUTO',
        data,
      },
    ],
  };
}

export function readStepScript(value: Value, scopes: ActionScopes): StepScript<Written> | null {
  const fields = value.fields(['actions', 'embeddedFiles'], { let: 'EXPR' });
  const embeddedFiles = readEmbeddedFiles(fields?.optional('embeddedFiles') ?? null, scopes.host);
  const action = fields?.required('actions')?.fields(['onRun'])?.required('onRun');
  const onRun = action ? readAction(action, scopes) : null;
  return onRun === null ? null : { onRun, embeddedFiles };
}
