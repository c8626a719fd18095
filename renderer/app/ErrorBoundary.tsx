import { Button, Code } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { Notice } from '../ui/Notice';

interface Props {
  readonly children: ReactNode;
}

/** A mistake in Drover's window: said as what it is. The work goes on, for it does not run here. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Notice
        isPage
        icon={<IconAlertTriangle size={32} stroke={1.5} aria-hidden />}
        title="This window made a mistake"
        actions={<Button onClick={() => window.location.reload()}>Reload the window</Button>}
      >
        Your work is not touched by it: it goes on in the background. Reload the window to go on here. If it
        happens again, please report these lines:
        <Code block mt="md" ta="left" mah={220} style={{ overflow: 'auto' }} tabIndex={0}>
          {error.stack ?? error.message}
        </Code>
      </Notice>
    );
  }
}
