import type { AttemptId } from '../../shared/model/ids';
import type { AgentFiles } from './reach';

/** Looked up again when it is asked for after so many others. */
const mostKnown = 10_000;

/** In which of the agent's folders each attempt is: told by the agent, or read from its file. */
export class Places {
  private readonly known = new Map<AttemptId, string>();

  note(attempt: AttemptId, place: string): void {
    this.known.set(attempt, place);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      break;
    }
  }

  /** Null: the node has never had it, or has removed it. */
  async of(attempt: AttemptId, files: AgentFiles): Promise<string | null> {
    const known = this.known.get(attempt);
    if (known !== undefined) return known;
    const file = await files.read(['ids', attempt], 0, 100);
    const place = file?.bytes.toString('utf8').trim() ?? '';
    // It becomes part of a path.
    if (!/^[0-9A-Za-z_:-]{1,80}$/.test(place)) return null;
    this.note(attempt, place);
    return place;
  }
}
