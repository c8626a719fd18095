/** Numbers that a template may leave open: `timeout: "{{Param.Minutes}}"`. */
import { isPlain } from './format';
import type { Written } from './model';
import type { NumberRule } from './numbers';
import { numberBy, ruleInWords } from './numbers';
import type { Scope } from './scope';
import { readFormat } from './scope';
import type { Gate, Value } from './value';

/** `gate`: without that extension only a plain number is allowed. */
export function readWritten(
  value: Value,
  rule: NumberRule,
  scope: Scope,
  gate: { readonly needs: Gate; readonly what: string } | null,
): Written | null {
  if (!value.isText()) return value.number(rule);
  if (gate !== null && !value.needs(gate.needs, `${gate.what} as a text`)) return null;
  const format = readFormat(value, scope);
  if (format === null || !isPlain(format)) return format;
  return numberBy(rule, format.text) ?? value.wrong(ruleInWords(rule));
}
