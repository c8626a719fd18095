import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { usePartOf } from '../live/useView';

/** Above every page while the Host cannot save, and so starts nothing new. */
export function Trouble(): ReactNode {
  const trouble = usePartOf('queue', {}, (queue) => queue.trouble);
  if (trouble === null) return null;
  return (
    <Alert
      role="alert"
      color="orange"
      radius={0}
      icon={<IconAlertTriangle aria-hidden />}
      title="Nothing can be saved"
    >
      {trouble} Make room, or mend the folder: Drover tries again by itself.
    </Alert>
  );
}
