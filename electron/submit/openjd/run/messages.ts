/** What actions tell whoever runs them, in lines of what they print. */
import { z } from 'zod';

export const logLevels = ['DEBUG', 'INFO', 'WARNING', 'ERROR'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Message =
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'status'; readonly text: string }
  /** Why it is going to fail: whether it did, its exit tells. */
  | { readonly kind: 'fail'; readonly text: string }
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'redactedEnv'; readonly name: string; readonly value: string }
  | { readonly kind: 'unsetEnv'; readonly name: string }
  | { readonly kind: 'logLevel'; readonly level: LogLevel }
  /** It looks like one, and is none. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly of: 'report' | 'variable' | 'secret' };

export function parseMessage(line: string): Message | null {
  const [, name = '', text = ''] = /^openjd_([a-z_]+): (.+)$/s.exec(line) ?? [];
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return read === undefined ? almostMessage(line) : read(text);
}

const readers: Readonly<Record<string, (text: string) => Message>> = {
  progress(text) {
    const percent = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : NaN;
    return percent >= 0 && percent <= 100
      ? { kind: 'progress', percent }
      : malformed('report', 'openjd_progress takes a number from 0 to 100');
  },
  status: (text) => ({ kind: 'status', text }),
  fail: (text) => ({ kind: 'fail', text }),
  env(text) {
    const variable = parseVariable(text);
    if (variable === null) return malformed('variable', `openjd_env takes ${variableForms}`);
    return { kind: 'env', ...variable };
  },
  redacted_env(text) {
    const variable = parseVariable(text);
    if (variable === null) return malformed('secret', `openjd_redacted_env takes ${variableForms}`);
    return { kind: 'redactedEnv', ...variable };
  },
  unset_env(text) {
    const name = text.trim();
    return variableName.test(name)
      ? { kind: 'unsetEnv', name }
      : malformed('variable', 'openjd_unset_env takes the name of a variable');
  },
  session_runtime_loglevel(text) {
    const level = logLevels.find((known) => known === text.trim().toUpperCase());
    return level === undefined
      ? malformed('report', `openjd_session_runtime_loglevel takes ${logLevels.join(', ')}`)
      : { kind: 'logLevel', level };
  },
};

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const variableForms = 'NAME=VALUE, or "NAME=VALUE" as a JSON text';

/** Only as a JSON text a value can have lines. */
function parseVariable(text: string): { readonly name: string; readonly value: string } | null {
  const written = text.trimStart();
  const whole = written.startsWith('"') ? parseJsonText(written) : written;
  const at = whole?.indexOf('=') ?? -1;
  if (whole === null || at < 0) return null;
  const name = whole.slice(0, at);
  const value = whole.slice(at + 1);
  // No process can be given a value with a NUL in it.
  return variableName.test(name) && !value.includes('\0') ? { name, value } : null;
}

function parseJsonText(text: string): string | null {
  try {
    return z.string().parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Of those that set variables: what was meant to be one must not be overlooked, or shown when it is secret. */
function almostMessage(line: string): Message | null {
  const [, name] = /^openjd_(env|redacted_env|unset_env)(?=[:\s]|$)/i.exec(line) ?? [];
  if (name === undefined) return null;
  const meant = `openjd_${name.toLowerCase()}`;
  return malformed(
    meant === 'openjd_redacted_env' ? 'secret' : 'variable',
    `${meant} is written in small letters, with a colon and a space after it, and a value after that`,
  );
}

const malformed = (of: 'report' | 'variable' | 'secret', reason: string): Message => ({
  kind: 'malformed',
  of,
  reason,
});
