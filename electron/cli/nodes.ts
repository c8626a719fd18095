/** Machines that work: adding, trying, reaching, watching and removing them, and setting them aside. */
import type { NodeAnswers, NodeRow, NodeTrial, NodesPicture } from '../../shared/ipc/nodes';
import type { Refusal } from '../../shared/ipc/errors';
import type { Arguments, OptionName } from './arguments';
import { tellWhenAlone, type Command } from './command';
import type { Farm } from './farm';
import { answerSource, talk, unansweredText, type Talk } from './node-questions';
import { machineText, nodesText, stepsText } from './nodes-text';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { print } from './run';
import { terminalOf } from './terminal';
import { moments } from './text';
import { whenOf } from './values';
import { vitalsText } from './vitals-text';

const answering: readonly OptionName[] = ['accept-host-key', 'yes', 'password-stdin'];
const shownOfVitals = 3_600_000;

const aside: Command = {
  operands: 'NODE',
  options: ['why', 'until', 'vacate'],
  async run(farm, node, { why, json, options }) {
    const until = options.until === undefined ? null : whenOf('until', options.until);
    const { vacate = false } = options;
    valueOf(await farm.client.request('node.setAside', { node, why, until, vacate }));
    const how = until === null ? '' : ` until ${moments.format(until)}`;
    if (json) print({ node, until, vacate });
    else {
      const rest = vacate ? 'makes way, and runs again elsewhere' : 'goes on';
      console.log(`${node} gets no new work${how}; what runs there ${rest}`);
    }
    return exitStatus.done;
  },
};

const back: Command = {
  operands: 'NODE',
  options: ['why'],
  async run(farm, node, { why, json }) {
    valueOf(await farm.client.request('node.takeBack', { node, why }));
    if (json) print({ node });
    else console.log(`${node} gets work again`);
    return exitStatus.done;
  },
};

export const nodeCommands: Readonly<Record<string, Command>> = {
  nodes: {
    operands: '',
    async run(farm, _none, { json }) {
      const picture = valueOf(await farm.client.request('node.list', {}));
      if (json) print(picture);
      else console.log(nodesText(picture));
      return exitStatus.done;
    },
  },
  'nodes add': {
    operands: 'ADDRESS',
    options: ['name', 'why', ...answering],
    async run(farm, address, given) {
      const { why, options } = given;
      const name = options.name ?? null;
      return visited(
        farm,
        given,
        async (answers) => valueOf(await farm.client.request('node.add', { address, name, answers, why })),
        async () => {
          const added = (await nodesOf(farm)).findLast((node) => node.address === address);
          console.log(`added as ${added?.id ?? address}`);
          tellWhenAlone(farm, 'it is connected when one is started');
          return exitStatus.done;
        },
      );
    },
  },
  'nodes test': {
    operands: 'ADDRESS',
    options: answering,
    run: async (farm, address, given) =>
      visited(farm, given, async (answers) =>
        valueOf(await farm.client.request('node.try', { address, name: null, answers })),
      ),
  },
  'nodes connect': {
    operands: 'NODE',
    options: ['take-over', ...answering],
    async run(farm, node, given) {
      const takeOver = given.options['take-over'] ?? false;
      return visited(
        farm,
        given,
        async (answers) => valueOf(await farm.client.request('node.connect', { node, answers, takeOver })),
        async () => {
          tellWhenAlone(farm, 'it is connected when one is started');
          return farm.own === null ? tellConnected(farm, node) : exitStatus.done;
        },
      );
    },
  },
  'nodes remove': {
    operands: 'NODE',
    options: ['why'],
    async run(farm, node, { why, json }) {
      valueOf(await farm.client.request('node.remove', { node, why }));
      if (json) print({ node });
      else
        console.log(
          `${node} is removed. What Drover has put there, in ~/.drover, stays until you remove it.`,
        );
      return exitStatus.done;
    },
  },
  'nodes vitals': {
    operands: 'NODE',
    async run(farm, what, { json }) {
      const now = Date.now();
      const { readings } = valueOf(
        await farm.client.request('node.vitals', { node: what, since: now - shownOfVitals }),
      );
      if (json) {
        print({ readings });
        return exitStatus.done;
      }
      const node = named(await nodesOf(farm), what);
      console.log(vitalsText(node?.name ?? what, readings, node?.capacity.memoryMiB ?? 0, now));
      tellWhenAlone(farm, 'nobody has asked the machine how it feels');
      return exitStatus.done;
    },
  },
  'nodes aside': aside,
  'nodes back': back,
  aside,
  back,
};

const nodesOf = async (farm: Farm): Promise<readonly NodeRow[]> =>
  valueOf(await farm.client.request('node.list', {})).nodes;

const named = (nodes: readonly NodeRow[], what: string): NodeRow | undefined =>
  nodes.find(({ id }) => id === what) ?? nodes.find(({ name }) => name === what);

/** Goes to a machine, and tells what came of it. */
async function visited(
  farm: Farm,
  { options, json }: Arguments,
  visit: (answers: NodeAnswers) => Promise<NodeTrial>,
  then: (() => Promise<ExitStatus>) | null = null,
): Promise<ExitStatus> {
  const source = await answerSource(options, terminalOf(process), process.stdin);
  const talked = await talk(source, visit);
  const { trial } = talked;
  if (json) print(trial);
  else if (then === null) console.log(stepsText(trial));
  switch (trial.kind) {
    case 'question':
      console.error(unansweredText(trial.question, source));
      return exitStatus.refused;
    case 'failed':
      console.error(trial.message);
      return exitStatus.failed;
    case 'found':
      if (!json) {
        console.log(machineText(trial.machine));
        tellNotices(farm, talked, trial.notices);
      }
      return then === null || json ? exitStatus.done : then();
  }
}

function tellNotices(farm: Farm, { gaveSecrets }: Talk, notices: readonly string[]): void {
  for (const notice of notices) console.error(notice);
  if (gaveSecrets && farm.own !== null)
    console.error('What was typed is known to Drover in the terminal only: its window will ask once more.');
}

const longestConnecting = 20_000;

/** How it went: it is there, or why it is not. */
async function tellConnected(farm: Farm, what: string): Promise<ExitStatus> {
  const node = await whenReached(farm, what);
  if (node !== undefined && isReached(node)) {
    console.log(`${node.id} is ${node.state}`);
    return exitStatus.done;
  }
  console.error(`${what} is ${node?.state ?? 'not there'}: ${node?.reason ?? 'it has not answered yet'}`);
  return exitStatus.failed;
}

const isReached = ({ state }: NodeRow): boolean => state === 'ONLINE' || state === 'MAINTENANCE';

/** The node as soon as it is reached, or as it is when that takes too long. */
function whenReached(farm: Farm, what: string): Promise<NodeRow | undefined> {
  return new Promise((resolve, reject) => {
    let node: NodeRow | undefined;
    const look = ({ nodes }: NodesPicture): void => {
      node = named(nodes, what);
      if (node !== undefined && isReached(node)) end();
    };
    const refused = (why: Refusal): void => {
      clearTimeout(timer);
      reject(new RefusedError(why));
    };
    const unsubscribe = farm.client.subscribe('nodes', {}, { picture: look, delta: look, refused });
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve(node);
    };
    const timer = setTimeout(end, longestConnecting);
  });
}
