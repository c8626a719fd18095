import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { countInWords } from '../ui/words';
import { Preview } from './Preview';
import { usePreview } from './usePreview';

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
        <FilePreview key={chosen} row={row} file={chosen} name={files[chosen].path} />
      )}
    </section>
  );
}

function FilePreview(props: {
  readonly row: CheckpointRow;
  readonly file: number;
  readonly name: string;
}): ReactNode {
  return <Preview shown={usePreview(props.row.id, props.file)} name={props.name} />;
}
