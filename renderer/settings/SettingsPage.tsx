import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { FarmSettings } from '../../shared/model/settings';
import { hashOf } from '../app/route';
import { useView } from '../live/useView';
import { Loading, Refused } from '../ui/Notice';
import { AppearanceSection } from './desktop/AppearanceSection';
import { DataSection } from './desktop/DataSection';
import { NotificationSection } from './desktop/NotificationSection';
import { FailureSection, LimitSection, OrderSection, TenantSection } from './farm/FarmSections';
import { SaveBar } from './farm/SaveBar';
import { useFarmDraft } from './farm/useFarmDraft';
import type { FarmDraftInHand } from './farm/useFarmDraft';
import { KeysSection } from './KeysSection';
import { NodesSection } from './NodesSection';
import { sections } from './sections';
import type { Section, SectionId } from './sections';
import './settings.css';

/** What can be set, of the farm and of this window. */
export function SettingsPage(props: { readonly section: SectionId }): ReactNode {
  const settings = useView('settings', {});
  switch (settings.state) {
    case 'loading':
      return (
        <Loading what="the settings">
          <Skeleton height={28} width={240} radius="sm" mb={28} />
          <Skeleton height={320} radius="md" />
        </Loading>
      );
    case 'refused':
      return <Refused refusal={settings.refusal} />;
    case 'picture':
      return <Filled id={props.section} settings={settings.value} />;
  }
}

function Filled({ id, settings }: { readonly id: SectionId; readonly settings: FarmSettings }): ReactNode {
  const hand = useFarmDraft(settings);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (body.current !== null) body.current.scrollTop = 0;
  }, [id]);
  const section = sections.find((one) => one.id === id);
  return (
    <div className="settings">
      <nav className="settings-list" aria-label="Settings">
        <h1 className="page-title settings-head">Settings</h1>
        <SectionLinks title="The farm" of="farm" current={id} />
        <SectionLinks title="This window" of="window" current={id} />
      </nav>
      <div className="settings-side">
        <div
          ref={body}
          className="settings-body"
          role="region"
          aria-label={section?.title}
          // Some sections are long and have no field to go to.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          <div className="settings-column">
            <h2 className="settings-title">{section?.title}</h2>
            <p className="settings-text">{section?.text}</p>
            <SectionBody id={id} hand={hand} />
          </div>
        </div>
        <SaveBar hand={hand} />
      </div>
    </div>
  );
}

function SectionLinks(props: {
  readonly title: string;
  readonly of: Section['of'];
  readonly current: SectionId;
}): ReactNode {
  return (
    <div role="group" aria-label={props.title}>
      <div className="settings-group" aria-hidden>
        {props.title}
      </div>
      {sections
        .filter((section) => section.of === props.of)
        .map(({ id, title }) => (
          <a
            key={id}
            className="settings-link"
            href={hashOf({ page: 'settings', section: id })}
            {...(id === props.current ? { 'aria-current': 'page' } : {})}
          >
            {title}
          </a>
        ))}
    </div>
  );
}

function SectionBody({ id, hand }: { readonly id: SectionId; readonly hand: FarmDraftInHand }): ReactNode {
  switch (id) {
    case 'nodes':
      return <NodesSection />;
    case 'tenants':
      return <TenantSection hand={hand} />;
    case 'limits':
      return <LimitSection hand={hand} />;
    case 'order':
      return <OrderSection hand={hand} />;
    case 'failures':
      return <FailureSection hand={hand} />;
    case 'notifications':
      return <NotificationSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'keys':
      return <KeysSection />;
    case 'data':
      return <DataSection />;
  }
}
