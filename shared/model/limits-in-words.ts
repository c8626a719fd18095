/** What work asks for and is held to, as people say it. */
import { amountsInWords, type Request } from './amounts';
import type { Relation } from './dependency';
import { choicesIn, type Requirements } from './requirements';
import type { RetryRule } from './retry';

const coreWords: Readonly<Record<Request['cores'], string>> = {
  shared: '',
  pinned: ', cores of its own',
  exclusive: ', a node of its own',
};

/** `2 cores and 1 GiB, a node of its own` */
export function requestInWords(request: Request): string {
  return amountsInWords(request, request.special) + coreWords[request.cores];
}

/** `with os:linux, without laptop, in pool night`; empty where any node may do it. */
export function needsInWords(needs: Requirements): string {
  const { allOf, noneOf, pools } = needs;
  return [
    ...(allOf.length > 0 ? [`with ${listed(allOf, 'and')}`] : []),
    ...choicesIn(needs).map((choice) => `with ${listed(choice, 'or')}`),
    ...(noneOf.length > 0 ? [`without ${listed(noneOf, 'or')}`] : []),
    ...(pools.length > 0 ? [`in pool ${listed(pools, 'or')}`] : []),
  ].join(', ');
}

/** `tried again 3 times, after 30 s, only on exit status 137`; empty where it is not. */
export function retryInWords({ attempts, backoff, codes, onTimeout, memoryStep }: RetryRule): string {
  if (attempts < 2) return '';
  const { kind, firstMs, mostMs } = backoff;
  const growth = kind === 'fixed' ? '' : ` and then more, up to ${spanInWords(mostMs)}`;
  const statuses = (verdict: 'retry' | 'fail'): string =>
    listed(
      codes.filter((rule) => rule.verdict === verdict).flatMap((rule) => rule.codes.map(String)),
      'or',
    );
  const on = statuses('retry');
  const never = statuses('fail');
  return [
    `tried again ${attempts === 2 ? 'once' : `${attempts - 1} times`}`,
    ...(firstMs > 0 ? [`after ${spanInWords(firstMs)}${growth}`] : []),
    ...(on === '' ? [] : [`only on exit status ${on}`]),
    ...(never === '' ? [] : [`never on exit status ${never}`]),
    ...(onTimeout === 'retry' ? ['also when it took too long'] : []),
    ...(memoryStep > 1 ? [`with ${memoryStep} times the memory when that ran out`] : []),
  ].join(', ');
}

/** What is waited for, without the work that it is of: `completion`, `10 min after its end`. */
export function relationInWords(relation: Relation): string {
  switch (relation.type) {
    case 'SEQUENTIAL':
      return relation.mapping.kind === 'all' ? 'completion' : 'completion, task by task';
    case 'DATA':
      return `its files ${listed(relation.files, 'and')}`;
    case 'RESOURCE':
      return relation.amount === 1 ? relation.resource : `${relation.amount} ${relation.resource}`;
    case 'TEMPORAL':
      switch (relation.rule.kind) {
        case 'notBefore':
          return `not before ${moments.format(relation.rule.at)}`;
        case 'delay':
          return `${spanInWords(relation.rule.milliseconds)} after its end`;
        case 'window': {
          const { opens, closes, timeZone } = relation.rule.window;
          return `from ${opens} to ${closes}, ${timeZone}`;
        }
      }
    // oxlint-disable-next-line no-fallthrough -- all rules have returned
    case 'CONDITIONAL':
      switch (relation.condition.kind) {
        case 'completed':
          return 'completion';
        case 'failed':
          return 'failure';
        case 'ended':
          return 'its end, however it ends';
        case 'exitCode':
          return `exit status ${listed(relation.condition.codes.map(String), 'or')}`;
        case 'value': {
          const { name, is, than } = relation.condition;
          return `${name} ${is} ${than}`;
        }
      }
  }
}

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const mostListed = 8;

function listed(words: readonly string[], and: 'and' | 'or'): string {
  const shown =
    words.length > mostListed ? [...words.slice(0, mostListed), `${words.length - mostListed} more`] : words;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${and} ${last}`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** As exact as it was asked for: `1 h 30 min`. */
export function spanInWords(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  const parts: string[] = [];
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * length;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
