/** Asks many nodes at once, for a limited time. */
import type { NodeId } from '../../shared/model/ids';
import { AtOnce } from '../nodes/files/at-once';
import type { Answer, Question } from '../nodes/preflight/question';

export type AskNode = (
  node: NodeId,
  questions: readonly Question[],
  signal: AbortSignal,
) => Promise<readonly Answer[] | null>;

const mostAtOnce = 32;
/** Of one node: more than any recipe that somebody wrote has. */
const mostQuestions = 2000;
const longestName = 4096;

/** What nodes have answered, and which could not be asked. */
export class NodeAnswers {
  private readonly byNode = new Map<NodeId, ReadonlyMap<string, Answer>>();
  private readonly wishes = new Map<NodeId, Map<string, Question>>();

  wish(node: NodeId, { kind, name }: Question): void {
    const questions = this.wishes.get(node) ?? new Map<string, Question>();
    this.wishes.set(node, questions);
    if (questions.size < mostQuestions && name.length <= longestName)
      questions.set(keyOf({ kind, name }), { kind, name });
  }

  /** Until all have answered, or it is aborted. */
  async gather(ask: AskNode, signal: AbortSignal): Promise<void> {
    const aborted = new Promise<null>((done) => {
      if (signal.aborted) done(null);
      signal.addEventListener('abort', () => done(null), { once: true });
    });
    const gate = new AtOnce(mostAtOnce);
    await Promise.all(
      [...this.wishes].map(([node, questions]) =>
        gate.do(async () => {
          const list = [...questions.values()];
          const answers = await Promise.race([ask(node, list, signal), aborted]);
          if (answers === null) return;
          this.byNode.set(
            node,
            new Map(list.map((question, index) => [keyOf(question), answers[index] ?? null])),
          );
        }),
      ),
    );
  }

  /** Null: the node has not answered that. */
  of(node: NodeId, question: Question): Answer {
    return this.byNode.get(node)?.get(keyOf(question)) ?? null;
  }

  /** Nothing that it was asked was answered. */
  isSilent(node: NodeId): boolean {
    if (!this.wishes.has(node)) return false;
    return [...(this.byNode.get(node)?.values() ?? [])].every((answer) => answer === null);
  }
}

const keyOf = ({ kind, name }: Question): string => `${kind} ${name}`;
