import { memo } from 'react';
import type { ReactNode } from 'react';

interface Props {
  readonly isStill: boolean;
  readonly children: ReactNode;
}

/** Stays as it was while it is still: what fades away is not drawn anew, and never as something else. */
export const Still = memo(
  ({ children }: Props) => children,
  (_, { isStill }) => isStill,
);
