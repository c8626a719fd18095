/** Lets only so many of them be done at the same time; the others wait for their turn. */
export class AtOnce {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async do<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.most) await new Promise<void>((go) => this.waiting.push(go));
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }

  /** All of them; after one has failed no other is begun, and when the rest has ended this fails, too. */
  async all<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
    let failure: { readonly error: unknown } | null = null;
    const doNext = async (item: T): Promise<void> => {
      if (failure !== null) return;
      await work(item).catch((error: unknown) => (failure ??= { error }));
    };
    await Promise.all([...items].map((item) => this.do(() => doNext(item))));
    throwIfAny(failure);
  }
}

function throwIfAny(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}

/** Gathers what is asked while a round is on its way, and asks for all of it together in the next. */
export class Rounds<Question, Answer> {
  private waiting = new Map<Question, (answer: Promise<Answer | null>) => void>();
  private readonly asked = new Map<Question, Promise<Answer | null>>();
  private busy = false;

  constructor(private readonly round: (questions: readonly Question[]) => Promise<Map<Question, Answer>>) {}

  /** Null: the round had no answer to it. */
  ask(question: Question): Promise<Answer | null> {
    const known = this.asked.get(question);
    if (known !== undefined) return known;
    const answer = new Promise<Answer | null>((answered) => this.waiting.set(question, answered));
    this.asked.set(question, answer);
    if (!this.busy) void this.begin();
    return answer;
  }

  private async begin(): Promise<void> {
    this.busy = true;
    while (this.waiting.size > 0) {
      const now = this.waiting;
      this.waiting = new Map();
      for (const question of now.keys()) this.asked.delete(question);
      const round = this.round([...now.keys()]);
      for (const [question, answered] of now)
        answered(round.then((answers) => answers.get(question) ?? null));
      await round.catch(() => {});
    }
    this.busy = false;
  }
}
