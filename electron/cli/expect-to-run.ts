import type { Submission } from '../../shared/model/submission';
import { findingInWords, findingsInWords } from '../../shared/model/finding';
import type { Arguments } from './arguments';
import type { Farm } from './farm';
import { refusal, RefusedError, valueOf } from './outcome';
import { terminalOf } from './terminal';

/**
 * Errors stop it, and of warnings the person is asked who sits at the terminal; `--force` goes on with both.
 * What is found is told on stderr, where it is in nobody's way.
 */
export async function expectToRun(
  farm: Farm,
  submission: Submission,
  { options, json }: Arguments,
): Promise<void> {
  if (options.force === true) return;
  const { findings } = valueOf(await farm.client.request('recipe.preflight', submission));
  const words = findingsInWords(findings);
  if (words === null) return;
  const told = findings.filter(({ severity }) => severity !== 'note');
  if (findings.some(({ severity }) => severity === 'error')) {
    const message = `Nothing was submitted: ${words}. --force submits it all the same.`;
    throw new RefusedError({ code: 'refused', message, findings: told });
  }
  for (const finding of told) console.error(findingInWords(finding));
  const terminal = json ? null : terminalOf(process);
  if (terminal === null) return;
  for (;;) {
    const answer = await terminal.ask('Submit it all the same? Type yes or no:', { hidden: false });
    if (answer === 'yes') return;
    if (answer === 'no') throw refusal('Nothing was submitted.');
  }
}
