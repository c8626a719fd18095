import { clipboard, shell } from 'electron';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Host } from '../host';
import { submissionSchema } from '../../shared/ipc/submission-schema';
import { inheritedEnvironment } from '../inherited-environment';
import type { TerminalOpened } from '../../shared/ipc/bridge';
import { choose, chooseWish } from './file-dialogs';
import { saveRecipe } from './save-recipe';
import type { Services } from './services';
import { openTerminal } from './terminal';

/** Letters: the ids of all jobs of the largest farms, and no more. */
const mostCopied = 4_000_000;

/** The desktop's own few services to its windows. */
export const windowServices = (
  host: Host,
): Pick<Services, 'choose' | 'saveRecipe' | 'copy' | 'openTerminal' | 'openResult'> => ({
  choose: (event, wish) => choose(chooseWish.parse(wish), event.sender),

  saveRecipe: (event, submission) => saveRecipe(host, submissionSchema.parse(submission), event.sender),

  copy: (_event, text) => clipboard.writeText(z.string().max(mostCopied).parse(text)),

  openTerminal: async (_event, rawNode): Promise<TerminalOpened> => {
    const node = host.state.nodes.get(z.string().parse(rawNode));
    if (node?.address == null) throw new Error('There is no such node that is reached over SSH.');
    const { words, url, text } = host.visits.byHand(node.address);
    const wish = { words, url, platform: process.platform, environment: inheritedEnvironment() };
    if (await openTerminal(wish)) return 'opened';
    await clipboard.writeText(text);
    return 'copied';
  },

  openResult: async (_event, rawBatch, rawWhat) => {
    const id = z.string().parse(rawBatch);
    const what = z.enum(['output', 'report']).parse(rawWhat);
    const batch = [...host.state.batches.values()].find((record) => record.id === id);
    if (batch === undefined) throw new Error(`There is no batch ${id}.`);
    const path = what === 'output' ? batch.output : await host.reportPage(batch);
    await stat(path).catch(() => {
      throw new Error(`${path} does not exist${what === 'output' ? ' yet' : ''}.`);
    });
    const failure = await shell.openPath(path);
    if (failure !== '') throw new Error(`${path} could not be opened: ${failure}`);
  },
});
