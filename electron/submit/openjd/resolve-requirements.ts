import { wrongAmountName, wrongAttributeName, wrongAttributeValue, wrongOrder } from './host-requirements';
import type {
  AmountRequirement,
  AttributeRequirement,
  FormatString,
  HostRequirements,
  Written,
} from './model';
import { amountMaxRule, amountMinRule } from './numbers';
import type { Resolver } from './resolver';
import type { Broken } from './scope';

export function resolveRequirements(
  { amounts, attributes }: HostRequirements<FormatString, Written>,
  resolver: Resolver,
): HostRequirements {
  const names = new Set<string>();
  return {
    amounts: amounts
      .map((amount) => resolveAmount(amount, names, resolver))
      .filter((amount) => amount !== null),
    attributes: attributes
      .map((attribute) => resolveAttribute(attribute, names, resolver))
      .filter((attribute) => attribute !== null),
  };
}

function resolveAmount(
  amount: AmountRequirement<FormatString, Written>,
  names: Set<string>,
  resolver: Resolver,
): AmountRequirement | null {
  const name = resolveName(amount.name, wrongAmountName, names, resolver);
  const min = amount.min === null ? null : resolver.number(amount.min, amountMinRule);
  const max = amount.max === null ? null : resolver.number(amount.max, amountMaxRule);
  if (min !== null && max !== null && min > max)
    resolver.problem(placeOf(amount), 'out-of-range', wrongOrder(min, max));
  return name === null ? null : { name, min, max };
}

/** Of the number that was left open. */
function placeOf({ name, min, max }: AmountRequirement<FormatString, Written>): FormatString['path'] {
  for (const written of [max, min]) if (written !== null && typeof written !== 'number') return written.path;
  return name.path;
}

function resolveAttribute(
  attribute: AttributeRequirement<FormatString>,
  names: Set<string>,
  resolver: Resolver,
): AttributeRequirement | null {
  const name = resolveName(attribute.name, wrongAttributeName, names, resolver);
  const values = (list: readonly FormatString[] | null): readonly string[] | null =>
    list
      ?.map((format) => {
        const text = resolver.text(format);
        return text === null ? null : resolver.judged(format, text, wrongAttributeValue(text, name));
      })
      .filter((text) => text !== null) ?? null;
  const anyOf = values(attribute.anyOf);
  const allOf = values(attribute.allOf);
  return name === null ? null : { name, anyOf, allOf };
}

function resolveName(
  format: FormatString,
  wrongName: (name: string) => Broken | null,
  names: Set<string>,
  resolver: Resolver,
): string | null {
  const text = resolver.text(format);
  const name = text === null ? null : resolver.judged(format, text, wrongName(text));
  if (name === null) return null;
  if (names.has(name.toLowerCase()))
    return resolver.problem(
      format.path,
      'duplicate-name',
      `${name} stands here for the second time; each requirement needs a name of its own`,
    );
  names.add(name.toLowerCase());
  return name;
}
