/** What travels between a client and a Host, over Electron's IPC and over the local socket alike. */
import type { Refusal } from './errors';
import type { RequestName, Requests, ViewName, Views } from './contract';

export type ClientMessage =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'subscribe'; readonly id: number; readonly view: string; readonly params: unknown }
  | { readonly kind: 'unsubscribe'; readonly id: number }
  /** The last picture or delta has been dealt with: the next may come. */
  | { readonly kind: 'ready'; readonly id: number };

export type HostMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refusal }
  | { readonly kind: 'picture'; readonly id: number; readonly picture: unknown }
  | { readonly kind: 'delta'; readonly id: number; readonly delta: unknown };

/** One side of a connection: where to send, and what to do with what arrives. */
export interface MessagePort {
  send(message: ClientMessage): void;
  listen(onMessage: (message: HostMessage) => void): void;
  /** Settles when no answer can come any more; missing where both sides are one process. */
  readonly closed?: Promise<void>;
}

export type Answer<Name extends RequestName> =
  | { readonly ok: true; readonly value: Requests[Name]['answer'] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface ViewListener<Name extends ViewName> {
  /** The next delta comes only when what this returns is done. */
  picture(picture: Views[Name]['picture']): void | Promise<void>;
  delta(delta: Views[Name]['delta']): void | Promise<void>;
  refused(refusal: Refusal): void;
}

/** What clients of the Host use: the windows, and the commands of the terminal. */
export interface Client {
  request<Name extends RequestName>(name: Name, params: Requests[Name]['params']): Promise<Answer<Name>>;
  /** Returns the way to end it. */
  subscribe<Name extends ViewName>(
    view: Name,
    params: Views[Name]['params'],
    listener: ViewListener<Name>,
  ): () => void;
}
