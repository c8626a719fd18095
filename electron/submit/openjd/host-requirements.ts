/** What a host has to have to run the tasks of a step. */
import { charactersIn } from './characters';
import { isPlain } from './format';
import {
  longestAttributeValue,
  longestCapabilityName,
  mostAttributeValues,
  mostRequirements,
} from './limits';
import type {
  AmountRequirement,
  AttributeRequirement,
  FormatString,
  HostRequirements,
  Written,
} from './model';
import { amountMaxRule, amountMinRule } from './numbers';
import type { Broken, Scope } from './scope';
import { readFormat } from './scope';
import { reportDuplicates } from './texts';
import type { Fields, Value } from './value';
import { readWritten } from './written';

type Requirements = HostRequirements<FormatString, Written>;

export const noRequirements: Requirements = { amounts: [], attributes: [] };

export function readRequirements(value: Value | null, scope: Scope): Requirements {
  const fields = value?.fields(['amounts', 'attributes']);
  if (!value || !fields) return noRequirements;
  if (!fields.has('amounts') && !fields.has('attributes'))
    value.problem('missing-field', 'found no requirements; amounts, attributes or both have to stand here');
  const amounts = fields.optional('amounts')?.list({ of: 'requirements' }) ?? [];
  const attributes = fields.optional('attributes')?.list({ of: 'requirements' }) ?? [];
  const all = amounts.length + attributes.length;
  if (all > mostRequirements)
    value.problem('too-many', `found ${all} requirements; at most ${mostRequirements} are allowed`);
  for (const list of [amounts, attributes])
    reportDuplicates(
      list.map((item) => item.fieldNamed('name')),
      'requirement',
      (name) => name.toLowerCase(),
    );
  return {
    amounts: amounts.map((item) => readAmount(item, scope)).filter((amount) => amount !== null),
    attributes: attributes
      .map((item) => readAttribute(item, scope))
      .filter((attribute) => attribute !== null),
  };
}

function readAmount(value: Value, scope: Scope): AmountRequirement<FormatString, Written> | null {
  const fields = value.fields(['name', 'min', 'max']);
  const name = readCapability(fields, scope, wrongAmountName);
  if (fields?.has('min') === false && !fields.has('max'))
    value.problem('missing-field', 'found neither min nor max; at least one of them has to stand here');
  const least = fields?.optional('min') ?? null;
  const most = fields?.optional('max') ?? null;
  const gate = (what: string) => ({ needs: 'FEATURE_BUNDLE_1' as const, what });
  const min = least === null ? null : readWritten(least, amountMinRule, scope, gate('min'));
  const max = most === null ? null : readWritten(most, amountMaxRule, scope, gate('max'));
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    most?.problem('out-of-range', wrongOrder(min, max));
  return name === null ? null : { name, min, max };
}

export const wrongOrder = (min: number, max: number): string =>
  `found ${max}, which is less than min, ${min}`;

function readAttribute(value: Value, scope: Scope): AttributeRequirement<FormatString> | null {
  const fields = value.fields(['name', 'anyOf', 'allOf']);
  const name = readCapability(fields, scope, wrongAttributeName);
  if (fields?.has('anyOf') === false && !fields.has('allOf'))
    value.problem('missing-field', 'found neither anyOf nor allOf; at least one of them has to stand here');
  const known = name !== null && isPlain(name) ? name.text : null;
  const read = (field: string): readonly FormatString[] | null => {
    const list = fields?.optional(field)?.list({ most: mostAttributeValues, of: 'values' }) ?? null;
    return (
      list?.map((item) => readAttributeValue(item, scope, known)).filter((each) => each !== null) ?? null
    );
  };
  const anyOf = read('anyOf');
  const allOf = read('allOf');
  if (known !== null && standardAttributes.has(known.toLowerCase()) && (allOf?.length ?? 0) > 1)
    fields
      ?.optional('allOf')
      ?.problem('too-many', `a host has one ${known}, and never all of these; anyOf asks for one of them`);
  return name === null ? null : { name, anyOf, allOf };
}

function readAttributeValue(value: Value, scope: Scope, name: string | null): FormatString | null {
  const format = readFormat(value, scope, { least: 1 });
  if (format === null || !isPlain(format)) return format;
  const broken = wrongAttributeValue(format.text, name);
  return broken === null ? format : value.problem(broken.code, broken.message);
}

function readCapability(
  fields: Fields | null,
  scope: Scope,
  wrongName: (name: string) => Broken | null,
): FormatString | null {
  const value = fields?.required('name');
  const format = value ? readFormat(value, scope, { least: 1 }) : null;
  if (!value || format === null || !isPlain(format)) return format;
  const broken = wrongName(format.text);
  return broken === null ? format : value.problem(broken.code, broken.message);
}

const standardAmounts = [
  'amount.worker.vcpu',
  'amount.worker.memory',
  'amount.worker.gpu',
  'amount.worker.gpu.memory',
  'amount.worker.disk.scratch',
];

const standardAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['attr.worker.os.family', ['linux', 'windows', 'macos']],
  ['attr.worker.cpu.arch', ['x86_64', 'arm64']],
]);

const reserved = ['worker', 'job', 'step', 'task'];
const nameForm = /^(?:[a-z_][a-z0-9_]*:)?(amount|attr)\.([a-z_][a-z0-9_]*)(?:\.[a-z_][a-z0-9_]*)*$/;

export const wrongAmountName = (name: string): Broken | null => wrongName(name, 'amount', standardAmounts);

export const wrongAttributeName = (name: string): Broken | null =>
  wrongName(name, 'attr', [...standardAttributes.keys()]);

function wrongName(name: string, sort: 'amount' | 'attr', standard: readonly string[]): Broken | null {
  const length = charactersIn(name);
  if (length > longestCapabilityName)
    return {
      code: 'too-long',
      message: `found ${length} characters; at most ${longestCapabilityName} are allowed`,
    };
  const match = nameForm.exec(name.toLowerCase());
  const example = sort === 'amount' ? 'amount.worker.vcpu' : 'attr.worker.os.family';
  if (match === null || match[1] !== sort)
    return {
      code: 'bad-name',
      message: `found ${JSON.stringify(name)}; allowed are names such as ${example} and studio:${sort}.software.maya`,
    };
  if (standard.includes(name.toLowerCase()) || !reserved.includes(match[2] ?? '')) return null;
  return {
    code: 'bad-name',
    message: `found ${JSON.stringify(name)}; after ${sort}. the specification keeps ${reserved.join(', ')} for its own: ${standard.join(', ')}`,
  };
}

const attributeValueForm = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `name`: of the attribute, where it is known. */
export function wrongAttributeValue(text: string, name: string | null): Broken | null {
  const values = standardAttributes.get(name?.toLowerCase() ?? '');
  const found = `found ${JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text)}`;
  if (values !== undefined)
    return values.includes(text.toLowerCase())
      ? null
      : { code: 'unknown-value', message: `${found}; allowed is ${values.join(', ')}` };
  const length = charactersIn(text);
  if (length > longestAttributeValue)
    return {
      code: 'too-long',
      message: `found ${length} characters; at most ${longestAttributeValue} are allowed`,
    };
  return attributeValueForm.test(text)
    ? null
    : {
        code: 'bad-name',
        message: `${found}; allowed are letters from a to z, digits, _ and -, after a letter or _ at the start`,
      };
}
