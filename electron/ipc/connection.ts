import type { ZodError } from 'zod';
import type { RequestName, ViewName } from '../../shared/ipc/contract';
import type { Refusal } from '../../shared/ipc/errors';
import type { HostMessage } from '../../shared/ipc/messages';
import { clientMessage, requestSchemas, viewSchemas } from '../../shared/ipc/schemas';
import type { Changes } from '../engine/reduce/changes';
import type { Fact } from '../engine/facts';
import type { Host } from '../host';
import { Refused } from './find';
import { requestHandlers } from './requests';
import { Subscription } from './subscription';
import { openers } from './views/open';
import type { LiveView } from './views/view';

/** More than any window needs: a client that leaks subscriptions is told so. */
const mostSubscriptions = 200;

/** Serves one client, a window or a terminal, whatever carries its messages. */
export class Connection {
  private readonly subscriptions = new Map<number, Subscription>();
  private readonly stopListening: () => void;
  private closed = false;

  constructor(
    private readonly host: Host,
    private readonly send: (message: HostMessage) => void,
  ) {
    this.stopListening = host.listen((facts, changes) => this.note(facts, changes));
  }

  /** Takes anything; what does not fit the contract is refused, or dropped when it cannot be answered. */
  async receive(raw: unknown): Promise<void> {
    const parsed = clientMessage.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'request':
        return this.answer(message.id, message.name, message.params);
      case 'subscribe':
        return this.subscribe(message.id, message.view, message.params);
      case 'unsubscribe':
        this.subscriptions.get(message.id)?.close();
        this.subscriptions.delete(message.id);
        return;
      case 'ready':
        this.subscriptions.get(message.id)?.ready();
    }
  }

  close(): void {
    this.closed = true;
    this.stopListening();
    for (const subscription of this.subscriptions.values()) subscription.close();
    this.subscriptions.clear();
  }

  private async answer(id: number, name: string, params: unknown): Promise<void> {
    await this.orRefuse(id, async () => {
      if (!isRequest(name)) throw unknownName('request', name);
      this.reply({ kind: 'answer', id, answer: await this.serve(name, params) });
    });
  }

  private async serve<Name extends RequestName>(name: Name, params: unknown): Promise<unknown> {
    return requestHandlers[name](this.host, parse(requestSchemas[name], params));
  }

  private async subscribe(id: number, view: string, params: unknown): Promise<void> {
    await this.orRefuse(id, async () => {
      if (!isView(view)) throw unknownName('view', view);
      if (this.subscriptions.has(id))
        throw new Refused({ code: 'refused', message: `Subscription ${id} is open already.` });
      if (this.subscriptions.size >= mostSubscriptions) {
        throw new Refused({
          code: 'refused',
          message: `More than ${mostSubscriptions} open subscriptions. End some first.`,
        });
      }
      const subscription = new Subscription(this.open(view, params), (message) =>
        this.reply({ ...message, id }),
      );
      this.subscriptions.set(id, subscription);
      try {
        await subscription.begin();
      } catch (error) {
        this.subscriptions.delete(id);
        throw error;
      }
    });
  }

  private open<Name extends ViewName>(name: Name, params: unknown): LiveView {
    return openers[name](this.host, parse(viewSchemas[name], params));
  }

  private async orRefuse(id: number, attempt: () => Promise<void>): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      this.reply({ kind: 'refused', id, refusal: refusalOf(error) });
    }
  }

  private note(facts: readonly Fact[], changes: Changes): void {
    for (const subscription of this.subscriptions.values()) subscription.note(facts, changes);
  }

  private reply(message: HostMessage): void {
    if (!this.closed) this.send(message);
  }
}

interface Schema<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false; error: ZodError };
}

function parse<Value>(schema: Schema<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new Refused({
    code: 'refused',
    message: `The request does not fit the contract: ${place === '' ? '' : `${place}: `}${issue?.message ?? ''}`,
  });
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  console.error('a request failed:', error);
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}

const unknownName = (what: string, name: string): Refused =>
  new Refused({ code: 'refused', message: `There is no ${what} named ${name}.` });
const isRequest = (name: string): name is RequestName => Object.hasOwn(requestSchemas, name);
const isView = (name: string): name is ViewName => Object.hasOwn(viewSchemas, name);
