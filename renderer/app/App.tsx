import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import '@fontsource-variable/inter';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles.css';
import type { ReactNode } from 'react';
import { colourSchemes } from './colourScheme';
import { ErrorBoundary } from './ErrorBoundary';
import { Shell } from './Shell';
import { cssVariables, theme } from './theme';

export function App(): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colourSchemes}
      defaultColorScheme="auto"
    >
      <ErrorBoundary>
        <Shell />
      </ErrorBoundary>
      <Notifications position="bottom-right" autoClose={5000} containerWidth={380} />
    </MantineProvider>
  );
}
