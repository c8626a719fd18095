/** Looks for what steps name on the nodes that could do them. */
import type { Batch } from '../../shared/model/batch';
import { aboutBatch, type Found } from '../../shared/model/finding';
import type { NodeId } from '../../shared/model/ids';
import { nodesInWords } from '../../shared/model/verdict';
import type { FarmState } from '../engine/state';
import type { Question } from '../nodes/preflight/question';
import type { Output } from '../nodes/preflight/commands';
import { NodeAnswers, type AskNode } from './ask-nodes';
import { filesHere } from './here';
import { judge, type AnswerOf } from './judge';
import { looksOf, Questions, type Look, type LookedAt } from './looks';
import { missingFrames } from './missing-frames';
import { needsRoom, roomFound, roomOn } from './room';
import { sentFiles } from './sent-files';

export interface NodesWish {
  readonly state: FarmState;
  readonly batch: Batch;
  readonly able: ReadonlyMap<string, readonly (readonly NodeId[])[]>;
  readonly output: Output;
  readonly dataFolder: string;
  /** Otherwise that no node could be asked is told elsewhere. */
  readonly isWorking: boolean;
  readonly ask: AskNode;
  readonly inBackground: <Result>(work: Generator<undefined, Result>) => Promise<Result | null>;
  /** Until then. */
  readonly end: AbortSignal;
}

export async function onNodes(wish: NodesWish): Promise<readonly Found[]> {
  const { state, batch, able, output, inBackground, end } = wish;
  const looks = await inBackground(looksOf(state, batch, able, output));
  if (looks === null) return [];
  const here = await filesHere(looks, end);
  const isHere = (path: string): boolean => here.has(path);
  const asking = await inBackground(questions(wish, looks, isHere));
  if (asking === null) return [];
  const [sent, frames] = await Promise.all([
    sentFiles(looks, output.folder, isHere, end),
    missingFrames(looks, end),
    asking.answers.gather(wish.ask, end),
  ]);
  const judged = await inBackground(verdicts(wish, looks, asking, sent.bytes));
  return judged === null ? [] : [...sent.found, ...frames, ...judged];
}

type Asked = ReadonlyMap<Look, ReadonlyMap<LookedAt, readonly (Question | null)[]>>;

interface Asking {
  readonly asked: Asked;
  readonly answers: NodeAnswers;
}

function* questions(
  { batch, output, dataFolder }: NodesWish,
  looks: readonly Look[],
  isHere: (path: string) => boolean,
): Generator<undefined, Asking> {
  const answers = new NodeAnswers();
  const questionsOn = new Questions(batch.name, output, isHere);
  const asked = new Map<Look, Map<LookedAt, readonly (Question | null)[]>>();
  for (const look of looks) {
    const ofNodes = new Map<LookedAt, readonly (Question | null)[]>();
    asked.set(look, ofNodes);
    for (const node of look.nodes) {
      const list = questionsOn.for(look, node);
      ofNodes.set(node, list);
      for (const question of list) if (question !== null) answers.wish(node.id, question);
      if (needsRoom(look, node)) answers.wish(node.id, roomOn(node, dataFolder));
      yield;
    }
  }
  return { asked, answers };
}

function* verdicts(
  { dataFolder, isWorking }: NodesWish,
  looks: readonly Look[],
  { asked, answers }: Asking,
  bytes: ReadonlyMap<Look, number>,
): Generator<undefined, readonly Found[]> {
  const answerOf: AnswerOf = (node, question) => answers.of(node.id, question);
  const found: Found[] = [];
  for (const look of looks) {
    found.push(...judge(look, (node) => asked.get(look)?.get(node) ?? [], answerOf));
    found.push(...roomFound(look, bytes.get(look), dataFolder, answerOf));
    yield;
  }
  return isWorking ? [...found, ...silent(looks, answers)] : found;
}

const shown = 3;

function silent(looks: readonly Look[], answers: NodeAnswers): readonly Found[] {
  const nodes = new Map(looks.flatMap((look) => look.nodes.map((node) => [node.id, node] as const)));
  const byReason = new Map<string, string[]>();
  for (const { id, name, state } of nodes.values()) {
    if (!answers.isSilent(id)) continue;
    const reason = state === 'ONLINE' ? 'they did not answer in time' : `they are ${state}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason].map(([reason, names]) => ({
    severity: 'note',
    code: 'not-asked',
    about: aboutBatch(),
    message: `${nodesInWords(names.length, names.slice(0, shown))} could not be asked for programs and files: ${names.length === 1 ? reason.replace('they are', 'it is').replace('they', 'it') : reason}`,
    fix: null,
  }));
}
