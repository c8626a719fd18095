import type { ReactNode } from 'react';
import type { JobKind } from '../../shared/model/states';
import { KindIcon } from '../ui/StateMark';

/** The picture of a preset. As an image, so that nothing in it can run or be fetched. */
export function Picture(props: {
  readonly picture: string | null;
  readonly kind: JobKind;
  readonly size: 'card' | 'small';
}): ReactNode {
  const { picture, kind, size } = props;
  return (
    <span className={`picture picture-${size}`} aria-hidden>
      {picture === null ? (
        <KindIcon kind={kind} size={size === 'card' ? 30 : 20} />
      ) : (
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`}
          alt=""
          draggable={false}
        />
      )}
    </span>
  );
}
