import { Button, CloseButton } from '@mantine/core';
import { IconGitBranch, IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointAbout, CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import type { CheckpointId } from '../../shared/model/checkpoint';
import { jobHash, nodeHash } from '../app/route';
import { request } from '../live/request';
import { Moment } from '../ui/Time';
import { countInWords } from '../ui/words';
import { resume, verify } from './change';
import { Standing } from './columns';
import { FileList } from './FileList';
import { fork } from './forked';
import { Note } from './Note';

const mostParents = 12;

/** All that is known of a checkpoint. */
export function Details(props: {
  readonly row: CheckpointRow;
  onChoose(this: void, row: CheckpointRow): void;
  onClose(this: void): void;
}): ReactNode {
  const { row } = props;
  const about = useAbout(row.id, row.dropped);
  const { job, jobName, label, node, nodeName, attempt, type, at, folder, usedBy } = row;
  const parents = about?.parents ?? [];
  return (
    <aside className="checkpoint-details" aria-label={`About ${row.name}`}>
      <header className="checkpoint-details-head">
        <h2 title={row.name}>{row.name}</h2>
        <span className="faint">{row.id}</span>
        <CloseButton size="sm" aria-label="Close the details" onClick={props.onClose} />
      </header>
      <Standing row={row} />
      {!row.dropped && (
        <div className="checkpoint-details-actions">
          <Button
            size="compact-sm"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            disabled={row.broken !== null}
            onClick={() => void resume(row)}
          >
            Go on from here
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconGitBranch size={14} aria-hidden />}
            disabled={row.broken !== null}
            onClick={() => fork(row)}
          >
            Branch…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconShieldCheck size={14} aria-hidden />}
            onClick={() => void verify(row)}
          >
            Verify
          </Button>
        </div>
      )}
      <Note key={`note of ${row.id}`} row={row} />
      <dl className="checkpoint-facts">
        <Fact name="Job">
          <a className="job-link" href={jobHash(job)}>
            {jobName}
          </a>
          {label !== '' && `, ${label}`}
        </Fact>
        {at !== null && <Fact name="How far">{at}</Fact>}
        {Object.entries(row.values ?? {}).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        <Fact name="Size">
          {bytesInWords(bytesOf(row))} in {countInWords(row.files.length, 'file')}
        </Fact>
        {!row.dropped && <Fact name="Deleting frees">{freesInWords(about)}</Fact>}
        <Fact name="Type">{type}</Fact>
        <Fact name="Saved">
          <Moment at={row.madeAt} />
        </Fact>
        <Fact name="Node">
          <a className="job-link" href={nodeHash(node)}>
            {nodeName}
          </a>
        </Fact>
        <Fact name="Attempt">{attempt}</Fact>
        {usedBy.length > 0 && <Fact name="Used by">{usedBy.join(', ')}</Fact>}
        {row.branches.length > 0 && (
          <Fact name="Branches">
            {row.branches.map((branch) => (
              <a key={branch} className="job-link" href={jobHash(branch)}>
                {branch}
              </a>
            ))}
          </Fact>
        )}
        <Fact name="Lies in">{folder}</Fact>
      </dl>
      {parents.length > 0 && (
        <nav aria-label="What it came after">
          <h3 className="checkpoint-details-title">Came after</h3>
          <ol className="checkpoint-parents">
            {parents.slice(0, mostParents).map((parent) => (
              <li key={parent.id}>
                <button type="button" onClick={() => props.onChoose(parent)}>
                  {parent.name}
                </button>
                <span className="faint">
                  {parent.job === job ? '' : `${parent.jobName}, `}
                  {parent.dropped ? 'deleted' : bytesInWords(bytesOf(parent))}
                </span>
              </li>
            ))}
            {parents.length > mostParents && (
              <li className="faint">and {countInWords(parents.length - mostParents, 'more', 'more')}</li>
            )}
          </ol>
        </nav>
      )}
      <FileList key={`files of ${row.id}`} row={row} />
    </aside>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function freesInWords(about: CheckpointAbout | null): string {
  if (about === null) return '…';
  return about.frees === null ? 'not known now' : bytesInWords(about.frees);
}

/** Null: not yet, or it cannot be told. */
function useAbout(checkpoint: CheckpointId, isDropped: boolean): CheckpointAbout | null {
  const [about, setAbout] = useState<CheckpointAbout | null>(null);
  useEffect(() => {
    let isOver = false;
    void request('checkpoint.about', { checkpoint }).then((answer) => {
      if (!isOver && answer.ok) setAbout(answer.value);
    });
    return () => {
      isOver = true;
    };
  }, [checkpoint, isDropped]);
  return about?.checkpoint.id === checkpoint ? about : null;
}
