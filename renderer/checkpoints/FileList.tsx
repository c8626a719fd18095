import { Code } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointPreview, CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { request } from '../live/request';
import { countInWords } from '../ui/words';
import { bytesInRows } from './bytes';
import { Plot } from './Plot';
import { seriesIn } from './series';

/** A folder may have very many. */
const mostFiles = 200;

/** Its files, and what can be seen of the one that is chosen. */
export function FileList({ row }: { readonly row: CheckpointRow }): ReactNode {
  const [chosen, setChosen] = useState(0);
  const { files } = row;
  return (
    <section aria-label="Files">
      <h3 className="checkpoint-details-title">Files</h3>
      <ul className="checkpoint-files">
        {files.slice(0, mostFiles).map(({ path, bytes, hash }, index) => (
          <li key={path}>
            <button
              type="button"
              aria-pressed={index === chosen}
              title={`${path}\nSHA-256 ${hash}`}
              onClick={() => setChosen(index)}
            >
              <span className="checkpoint-file-name">{path}</span>
              <span className="faint">{bytesInWords(bytes)}</span>
              <code className="faint">{hash.slice(0, 8)}</code>
            </button>
          </li>
        ))}
      </ul>
      {files.length > mostFiles && (
        <p className="faint">and {countInWords(files.length - mostFiles, 'more file')}</p>
      )}
      {!row.dropped && files[chosen] !== undefined && (
        <Preview key={chosen} row={row} file={chosen} name={files[chosen].path} />
      )}
    </section>
  );
}

interface Shown {
  readonly preview: CheckpointPreview | null;
  readonly problem: string | null;
}

function Preview(props: {
  readonly row: CheckpointRow;
  readonly file: number;
  readonly name: string;
}): ReactNode {
  const { file, name } = props;
  const { id: checkpoint } = props.row;
  const [{ preview, problem }, setShown] = useState<Shown>({ preview: null, problem: null });
  useEffect(() => {
    let isOver = false;
    void request('checkpoint.preview', { checkpoint, file }).then((answer) => {
      if (isOver) return;
      setShown(
        answer.ok
          ? { preview: answer.value, problem: null }
          : { preview: null, problem: answer.refusal.message },
      );
    });
    return () => {
      isOver = true;
    };
  }, [checkpoint, file]);
  const series = useMemo(() => (preview?.kind === 'text' ? seriesIn(preview.text) : null), [preview]);
  if (problem !== null)
    return (
      <p className="faint" role="status">
        {problem}
      </p>
    );
  switch (preview?.kind) {
    case undefined:
      return null;
    case 'picture':
      return <img className="checkpoint-picture" src={preview.address} alt={`What ${name} shows`} />;
    case 'text':
      return (
        <>
          {series !== null && <Plot series={series} name={name} />}
          <Code block className="checkpoint-text" tabIndex={0} aria-label={`The beginning of ${name}`}>
            {preview.text}
            {!preview.isWhole && '\n…'}
          </Code>
        </>
      );
    case 'bytes':
      return (
        <Code block className="checkpoint-text" tabIndex={0} aria-label={`The first bytes of ${name}`}>
          {bytesInRows(preview.hex)}
        </Code>
      );
  }
}
