import { Modal, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import type { JobId } from '../../shared/model/ids';
import { requestOrTell } from '../live/request';
import { momentInWords } from '../ui/words';
import { Wipe } from '../ui/Wipe';
import { comparedFiles, comparedParts, type ComparedFile } from './compare';
import { Preview } from './Preview';
import { usePreview } from './usePreview';
import './checkpoints.css';
import '../queue/job/history/history.css';

/** As many as the list has at once. */
const mostOthers = 1000;
const mostFiles = 200;

/** What is different about another checkpoint of the same job. */
export function CompareDialog(props: { readonly row: CheckpointRow; onClose(this: void): void }): ReactNode {
  const { row, onClose } = props;
  const others = useOthers(row.job, row.id);
  const [chosen, setChosen] = useState<string | null>(row.parent);
  const [now] = useState(() => Date.now());
  const other = others?.find(({ id }) => id === chosen) ?? others?.[0];
  return (
    <Modal opened onClose={onClose} title={`Compare ${row.name}`} size="xl" centered>
      {others?.length === 0 && <p>There is no other checkpoint of this job to compare it with.</p>}
      {other !== undefined && others !== null && (
        <>
          <Select
            label="With"
            searchable
            allowDeselect={false}
            data-autofocus
            data={others.map(({ id, name, madeAt }) => ({
              value: id,
              label: `${name} (${id}, ${momentInWords(madeAt, now)})`,
            }))}
            value={other.id}
            onChange={setChosen}
          />
          <Comparison key={other.id} one={other} other={row} now={now} />
        </>
      )}
    </Modal>
  );
}

/** Newest first; null: they are not known yet. */
function useOthers(job: JobId, but: string): readonly CheckpointRow[] | null {
  const [others, setOthers] = useState<readonly CheckpointRow[] | null>(null);
  useEffect(() => {
    let isOver = false;
    const wish = { what: job, before: null, count: mostOthers };
    void requestOrTell('find others to compare it with', 'checkpoint.list', wish).then((found) => {
      if (!isOver && found !== null)
        setOthers(found.checkpoints.filter(({ id, dropped }) => id !== but && !dropped));
    });
    return () => {
      isOver = true;
    };
  }, [job, but]);
  return others;
}

interface Both {
  readonly one: CheckpointRow;
  readonly other: CheckpointRow;
}

function Comparison({ one, other, now }: Both & { readonly now: number }): ReactNode {
  const [files] = useState(() => comparedFiles(one, other));
  const [chosen, setChosen] = useState(0);
  const file = files[chosen];
  return (
    <div className="compare">
      <table className="panel-table" aria-label="What is told of both">
        <thead>
          <tr>
            <th scope="col" aria-label="What" />
            <th scope="col">{one.name}</th>
            <th scope="col">{other.name}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {comparedParts(one, other, now).map((part) => (
            <tr key={part.name} className={part.one === part.other ? 'faint' : undefined}>
              <th scope="row">{part.name}</th>
              <td>{part.one ?? '–'}</td>
              <td>{part.other ?? '–'}</td>
              <td>{part.change}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="checkpoint-files" aria-label="Files of both">
        {files.slice(0, mostFiles).map((pair, index) => (
          <li key={nameOf(pair)}>
            <button type="button" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
              <span className="checkpoint-file-name">{nameOf(pair)}</span>
              <span className="faint">{standing(pair)}</span>
            </button>
          </li>
        ))}
      </ul>
      {file !== undefined && <Pair key={nameOf(file)} one={one} other={other} file={file} />}
    </div>
  );
}

function nameOf({ one, other }: ComparedFile): string {
  if (one === null || other === null) return one?.path ?? other?.path ?? '';
  return one.path === other.path ? one.path : `${one.path} → ${other.path}`;
}

function standing({ one, other, isSame }: ComparedFile): string {
  if (one === null) return 'is new';
  if (other === null) return 'is not there any more';
  if (isSame) return 'is the same, byte for byte';
  return one.bytes === other.bytes
    ? 'has other bytes'
    : `${bytesInWords(one.bytes)} → ${bytesInWords(other.bytes)}`;
}

/** Pictures are laid over each other; anything else stands side by side. */
function Pair({ one, other, file }: Both & { readonly file: ComparedFile }): ReactNode {
  const first = usePreview(one.id, file.one?.place ?? null);
  const second = usePreview(other.id, file.other?.place ?? null);
  if (first.preview?.kind === 'picture' && second.preview?.kind === 'picture')
    return (
      <div className="compare-pictures">
        <Wipe
          under={<Picture address={second.preview.address} caption={other.name} />}
          over={<Picture address={first.preview.address} caption={one.name} />}
        />
      </div>
    );
  return (
    <div className="compare-sides">
      <div>{file.one !== null && <Preview shown={first} name={file.one.path} />}</div>
      <div>{file.other !== null && <Preview shown={second} name={file.other.path} />}</div>
    </div>
  );
}

const Picture = ({ address, caption }: { readonly address: string; readonly caption: string }): ReactNode => (
  <figure className="frame">
    <img src={address} alt={`What ${caption} shows`} draggable={false} />
    <figcaption>{caption}</figcaption>
  </figure>
);
