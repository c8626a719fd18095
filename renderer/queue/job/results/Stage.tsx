import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ResultFile } from '../../../../shared/ipc/results';
import { resultAddress } from '../../../../shared/ipc/result-address';
import type { BatchId } from '../../../../shared/model/ids';
import { Wipe } from '../../../ui/Wipe';
import { drawable } from './usePlayer';
import '../../../ui/stage.css';

export type Comparing = 'side' | 'wipe';

interface Props {
  readonly batch: BatchId;
  readonly file: ResultFile;
  /** Null: there is nothing beside it. */
  readonly compared: ResultFile | null;
  readonly comparing: Comparing;
}

/** A frame as large as there is room, alone, beside another, or over it. */
export function Stage({ batch, file, compared, comparing }: Props): ReactNode {
  if (compared === null)
    return (
      <div className="stage">
        <Frame batch={batch} file={file} />
      </div>
    );
  if (comparing === 'side')
    return (
      <div className="stage stage-side">
        <Frame batch={batch} file={compared} caption={compared.path} />
        <Frame batch={batch} file={file} caption={file.path} />
      </div>
    );
  return (
    <Wipe
      under={<Frame batch={batch} file={file} caption={file.path} />}
      over={<Frame batch={batch} file={compared} caption={compared.path} />}
    />
  );
}

/** The one before stays until the next can be drawn: no flicker. */
function Frame(props: {
  readonly batch: BatchId;
  readonly file: ResultFile;
  readonly caption?: string;
}): ReactNode {
  const wanted = resultAddress(props.batch, props.file);
  const [address, setAddress] = useState(wanted);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    void drawable(wanted).then(() => {
      if (!isOver) setAddress(wanted);
    });
    return () => {
      isOver = true;
    };
  }, [wanted]);
  return (
    <figure className="frame">
      <img
        src={address}
        alt={props.file.path}
        draggable={false}
        hidden={failed === address}
        onError={() => setFailed(address)}
      />
      {failed === address && (
        <p className="frame-failed" role="status">
          {props.file.path} cannot be shown. It may not be whole yet, or be larger than 256 MiB.
        </p>
      )}
      {props.caption !== undefined && <figcaption>{props.caption}</figcaption>}
    </figure>
  );
}
