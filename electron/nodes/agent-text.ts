import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The agent as one script. Its parts only define functions; the last one runs. */
export function agentText(agentFolder: string): string {
  return ['vitals.sh', 'keeper.sh', 'saving.sh', 'agent.sh']
    .map((part) => readFileSync(join(agentFolder, part), 'utf8'))
    .join('\n');
}
