import type { Tell } from './transfer-progress';

interface Going<Value> {
  readonly value: Promise<Value>;
  readonly waiting: Set<Tell>;
  readonly abort: AbortController;
  words: string | null;
}

/** What several wait for is done once, and all of them are told of it. It is given up when nobody waits any more. */
export class Shared<Value> {
  private readonly going = new Map<string, Going<Value>>();

  async join(
    key: string,
    tell: Tell,
    signal: AbortSignal,
    work: (tell: Tell, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    signal.throwIfAborted();
    const going = this.going.get(key) ?? this.begin(key, work);
    // Each has its own place, also when the same function is told.
    const told: Tell = (words) => tell(words);
    going.waiting.add(told);
    if (going.words !== null) tell(going.words);
    const leave = (): void => {
      going.waiting.delete(told);
      if (going.waiting.size > 0) return;
      this.forget(key, going);
      going.abort.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await going.value;
    } finally {
      signal.removeEventListener('abort', leave);
      going.waiting.delete(told);
      tell(null);
    }
  }

  get isBusy(): boolean {
    return this.going.size > 0;
  }

  private begin(key: string, work: (tell: Tell, signal: AbortSignal) => Promise<Value>): Going<Value> {
    const abort = new AbortController();
    const waiting = new Set<Tell>();
    const tell: Tell = (words) => {
      going.words = words;
      for (const each of waiting) each(words);
    };
    // Begun only when the one who asks for it is among those who are told.
    const value = Promise.resolve().then(() => work(tell, abort.signal));
    const going: Going<Value> = { value, waiting, abort, words: null };
    this.going.set(key, going);
    const end = (): void => this.forget(key, going);
    value.then(end, end);
    return going;
  }

  private forget(key: string, going: Going<Value>): void {
    if (this.going.get(key) === going) this.going.delete(key);
  }
}
