import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { showColourSchemeAtOnce } from './app/colourScheme';

async function start(root: HTMLElement): Promise<void> {
  showColourSchemeAtOnce();
  if (!('drover' in window))
    throw new Error(
      'The part of Drover that connects this page with the rest of it is missing. Open Drover with its own window, not in a browser.',
    );
  const { App } = await import('./app/App');
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root !== null) {
  start(root).catch((error: unknown) => {
    root.textContent = `Drover could not show its window. ${error instanceof Error ? error.message : String(error)}`;
  });
}
