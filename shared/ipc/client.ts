import type { RequestName, Requests, ViewName, Views } from './contract';
import type { Answer, Client, HostMessage, MessagePort, ViewListener } from './messages';
import type { Refusal } from './errors';

interface Pending {
  answer(value: unknown): void;
  refused(refusal: Refusal): void;
}
interface Subscription {
  picture(picture: unknown): void | Promise<void>;
  delta(delta: unknown): void | Promise<void>;
  refused(refusal: Refusal): void;
}

/** The one client of the contract, whatever carries its messages. */
export function createClient(port: MessagePort): Client {
  let nextId = 1;
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, Subscription>();

  port.listen((message: HostMessage) => {
    const { id } = message;
    switch (message.kind) {
      case 'answer':
        pending.get(id)?.answer(message.answer);
        pending.delete(id);
        return;
      case 'refused':
        pending.get(id)?.refused(message.refusal);
        pending.delete(id);
        subscriptions.get(id)?.refused(message.refusal);
        subscriptions.delete(id);
        return;
      case 'picture':
      case 'delta': {
        const subscription = subscriptions.get(id);
        if (subscription === undefined) return;
        const dealtWith =
          message.kind === 'picture'
            ? subscription.picture(message.picture)
            : subscription.delta(message.delta);
        void Promise.resolve(dealtWith).then(() => {
          if (subscriptions.has(id)) port.send({ kind: 'ready', id });
        });
        return;
      }
    }
  });

  const gone: Refusal = {
    code: 'failed',
    message:
      'The Drover that did this work has gone. Its running tasks go on; start Drover again to see to them.',
  };
  let isClosed = false;
  void port.closed?.then(() => {
    isClosed = true;
    for (const waiting of [...pending.values(), ...subscriptions.values()]) waiting.refused(gone);
    pending.clear();
    subscriptions.clear();
  });

  // The Host answers by the contract: here its untyped messages get their types back.
  return {
    request<Name extends RequestName>(name: Name, params: Requests[Name]['params']): Promise<Answer<Name>> {
      const id = nextId++;
      return new Promise((resolve) => {
        if (isClosed) return resolve({ ok: false, refusal: gone });
        pending.set(id, {
          answer: (value) => resolve({ ok: true, value: value as Requests[Name]['answer'] }),
          refused: (refusal) => resolve({ ok: false, refusal }),
        });
        port.send({ kind: 'request', id, name, params });
      });
    },
    subscribe<Name extends ViewName>(
      view: Name,
      params: Views[Name]['params'],
      listener: ViewListener<Name>,
    ): () => void {
      const id = nextId++;
      if (isClosed) listener.refused(gone);
      else
        subscriptions.set(id, {
          picture: (picture) => listener.picture(picture as Views[Name]['picture']),
          delta: (delta) => listener.delta(delta as Views[Name]['delta']),
          refused: (refusal) => listener.refused(refusal),
        });
      port.send({ kind: 'subscribe', id, view, params });
      return () => {
        if (subscriptions.delete(id)) port.send({ kind: 'unsubscribe', id });
      };
    },
  };
}
