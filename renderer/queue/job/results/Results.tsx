import { Button, Skeleton } from '@mantine/core';
import { IconFile, IconFolderOpen, IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ResultFile, ResultFiles } from '../../../../shared/ipc/results';
import type { BatchId } from '../../../../shared/model/ids';
import { useView } from '../../../live/useView';
import { Loading, Notice, Refused } from '../../../ui/Notice';
import { bytesInWords } from '../../../../shared/model/bytes-in-words';
import { countInWords, numberInWords } from '../../../ui/words';
import { open } from '../../actions';
import { Player } from './Player';
import { sequencesOf } from './sequences';
import type { Sequence } from './sequences';
import './results.css';

/** What a batch has made so far: its files, and a player for the pictures among them. */
export function Results({ batch }: { readonly batch: BatchId }): ReactNode {
  const results = useView('results', { batch });
  if (results.state === 'refused') return <Refused refusal={results.refusal} />;
  if (results.state === 'loading')
    return (
      <Loading what="the results">
        <Skeleton height={280} />
      </Loading>
    );
  if (results.value.files.length === 0)
    return (
      <Notice
        icon={<IconPhoto size={28} stroke={1.5} aria-hidden />}
        title="No results yet"
        actions={
          <Button variant="default" onClick={() => void open(batch, 'output')}>
            Open the folder
          </Button>
        }
      >
        Files appear here as soon as a task has written them.
      </Notice>
    );
  return <KnownResults batch={batch} results={results.value} />;
}

function KnownResults(props: { readonly batch: BatchId; readonly results: ResultFiles }): ReactNode {
  const { batch, results } = props;
  const sequences = useMemo(() => sequencesOf(results.files), [results]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [compared, setCompared] = useState<ResultFile | null>(null);
  const sequence = sequences.find(({ id }) => id === chosen) ?? mostPictures(sequences);
  return (
    <div className="results">
      <div className="results-files">
        <p className="results-sum">
          {countInWords(results.found, 'file')} <span className="faint">{bytesInWords(results.bytes)}</span>
        </p>
        <SequenceList sequences={sequences} chosen={sequence} onChoose={setChosen} />
        {results.remarks.map((remark) => (
          <p key={remark} className="faint results-remark">
            {remark}
          </p>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFolderOpen size={14} aria-hidden />}
          onClick={() => void open(batch, 'output')}
        >
          Open the folder
        </Button>
      </div>
      {sequence?.isPicture === true ? (
        <Player
          key={sequence.id}
          batch={batch}
          files={sequence.files}
          compared={compared}
          onCompare={setCompared}
        />
      ) : (
        <Notice
          icon={<IconPhotoOff size={28} stroke={1.5} aria-hidden />}
          title={sequence?.name ?? 'Nothing is chosen'}
          actions={
            <Button variant="default" onClick={() => void open(batch, 'output')}>
              Open the folder
            </Button>
          }
        >
          Drover shows PNG, JPEG, WebP, GIF, BMP and AVIF. Other files are opened with the programs that made
          them.
        </Notice>
      )}
    </div>
  );
}

const mostShown = 500;

function SequenceList(props: {
  readonly sequences: readonly Sequence[];
  readonly chosen: Sequence | undefined;
  onChoose(this: void, id: string): void;
}): ReactNode {
  const { sequences } = props;
  return (
    <ul className="results-list" aria-label="Files">
      {sequences.slice(0, mostShown).map((sequence) => {
        const Sign = sequence.isPicture ? IconPhoto : IconFile;
        return (
          <li key={sequence.id}>
            <button
              type="button"
              className="results-item"
              aria-current={sequence === props.chosen}
              title={sequence.name}
              onClick={() => props.onChoose(sequence.id)}
            >
              <Sign size={15} stroke={1.6} aria-hidden />
              <span className="results-name">{sequence.name}</span>
              <span className="faint">
                {sequence.files.length > 1
                  ? numberInWords(sequence.files.length)
                  : bytesInWords(sequence.bytes)}
              </span>
            </button>
          </li>
        );
      })}
      {sequences.length > mostShown && (
        <li className="faint results-remark">
          and {numberInWords(sequences.length - mostShown)} more, in the folder
        </li>
      )}
    </ul>
  );
}

function mostPictures(sequences: readonly Sequence[]): Sequence | undefined {
  return sequences.reduce<Sequence | undefined>(
    (most, one) =>
      most === undefined || (one.isPicture && (!most.isPicture || one.files.length > most.files.length))
        ? one
        : most,
    undefined,
  );
}
