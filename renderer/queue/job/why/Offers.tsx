import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Why } from '../../../../shared/ipc/plans';
import type { BatchId } from '../../../../shared/model/ids';
import {
  changeInWords,
  isCommanded,
  wayBack,
  type CommandedChange,
  type FarmChange,
} from '../../../../shared/model/farm-change';
import { hashOf, nodeHash } from '../../../app/route';
import { capitalised } from '../../../ui/words';
import { applyChange } from './apply';
import { noOfferInWords, offersOf } from './reasons';
import type { Offer } from './reasons';

/** The cheapest changes that would let what waits start, each a click away. */
export function Offers({ why }: { readonly why: Why | null }): ReactNode {
  if (why === null)
    return (
      <p className="why-offers faint" role="status">
        Looking for what would help …
      </p>
    );
  const offers = offersOf(why.steps);
  if (offers.length === 0) {
    const first = why.steps[0];
    return first === undefined ? null : <p className="why-offers faint">{noOfferInWords(first.cheapest)}</p>;
  }
  return (
    <ul className="why-offers" aria-label="What would help">
      {offers.map((offer) => (
        <li key={JSON.stringify(offer.change)} className="why-offer">
          <Help change={offer.change} batch={why.batch} />
          <span className="faint">{noteOn(offer, offers.length + why.steps.length > 2)}</span>
        </li>
      ))}
    </ul>
  );
}

function noteOn({ startsNow, steps }: Offer, isOneOfMany: boolean): string {
  const effect = startsNow ? 'It starts at once' : 'Then it waits for room';
  if (!isOneOfMany) return effect;
  const names = steps.map(({ jobName, stepName }) =>
    stepName === null ? jobName : `${jobName}/${stepName}`,
  );
  const [first = '', second] = names;
  const who =
    names.length > 2
      ? `${first} and ${names.length - 1} more`
      : second === undefined
        ? first
        : `${first} and ${second}`;
  return `${effect}: ${who}`;
}

function Help(props: { readonly change: FarmChange; readonly batch: BatchId }): ReactNode {
  const { change } = props;
  const words = capitalised(changeInWords(change));
  if (isCommanded(change)) return <ApplyButton change={change} words={words} />;
  switch (change.kind) {
    case 'nodeBack':
      return <LinkButton words={words} href={nodeHash(change.node)} />;
    case 'addNode':
      return <LinkButton words={`${words} …`} href={hashOf({ page: 'addNode' })} />;
    case 'smaller':
      return (
        <LinkButton
          words={`Submit again, and ${changeInWords(change)} …`}
          href={hashOf({ page: 'submit', wishes: [{ kind: 'batch', batch: props.batch }] })}
        />
      );
  }
}

function ApplyButton(props: { readonly change: CommandedChange; readonly words: string }): ReactNode {
  const [isApplying, setApplying] = useState(false);
  const apply = async (): Promise<void> => {
    setApplying(true);
    await applyChange(props.change);
    setApplying(false);
  };
  return (
    <Button
      size="compact-sm"
      variant={wayBack(props.change) === null ? 'default' : 'filled'}
      leftSection={<IconBolt size={14} aria-hidden />}
      loading={isApplying}
      onClick={() => void apply()}
    >
      {props.words}
    </Button>
  );
}

function LinkButton(props: { readonly words: string; readonly href: string }): ReactNode {
  return (
    <Button size="compact-sm" variant="default" component="a" href={props.href}>
      {props.words}
    </Button>
  );
}
