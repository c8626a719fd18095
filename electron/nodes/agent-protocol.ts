/** The lines that an agent prints. See resources/agent/agent.sh. */
export type AgentLine =
  | { readonly kind: 'hello'; readonly version: number; readonly boot: string }
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'seen'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly reason: string }
  | { readonly kind: 'exit'; readonly id: string; readonly code: number }
  | { readonly kind: 'state'; readonly id: string; readonly state: AttemptOnNode };

export type AttemptOnNode =
  | { readonly kind: 'running' }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed' }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'never' };

export const agentVersion = 1;

const id = '(a-[a-z0-9-]{1,80})';
const patterns: readonly (readonly [RegExp, (groups: readonly string[]) => AgentLine | null])[] = [
  [
    /^HELLO (\d{1,6}) (\S{1,100})$/,
    ([version = '', boot = '']) => ({ kind: 'hello', version: Number(version), boot }),
  ],
  [new RegExp(`^STARTED ${id}$`), ([id = '']) => ({ kind: 'started', id })],
  [new RegExp(`^SEEN ${id}$`), ([id = '']) => ({ kind: 'seen', id })],
  [new RegExp(`^REFUSED ${id} (.{1,500})$`), ([id = '', reason = '']) => ({ kind: 'refused', id, reason })],
  [
    new RegExp(`^EXIT ${id} (\\d{1,3})$`),
    ([id = '', code = '']) => ({ kind: 'exit', id, code: Number(code) }),
  ],
  [
    new RegExp(`^STATE ${id} (running|exited|killed|gone|never)(?: (.{1,200}))?$`),
    ([id = '', word = '', rest = '']) => {
      const state = stateOf(word, rest);
      return state === null ? null : { kind: 'state', id, state };
    },
  ],
];

/** Null: not a line of the protocol. */
export function parseAgentLine(line: string): AgentLine | null {
  for (const [pattern, build] of patterns) {
    const match = pattern.exec(line);
    if (match !== null) return build(match.slice(1));
  }
  return null;
}

function stateOf(word: string, rest: string): AttemptOnNode | null {
  switch (word) {
    case 'running':
    case 'killed':
    case 'never':
      return { kind: word };
    case 'gone':
      return { kind: 'gone', reason: rest };
    case 'exited':
      return /^\d{1,3}$/.test(rest) ? { kind: 'exited', code: Number(rest) } : null;
    default:
      return null;
  }
}
