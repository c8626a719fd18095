import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, NextAuthHandler, Prompt } from 'ssh2';
import type { SshAsks } from './asks';
import { plain, SshFailure } from './failure';
import type { KeyRing } from './key-ring';
import { placeOf } from './reach';
import type { SshSettings } from './settings';

const mostPasswords = 3;

/** Chooses how to log in: keys first, then what a person must type. Says in the end what was tried. */
export class LogIn {
  private offered: readonly string[] = [];
  private triedKeys = false;
  private readonly tries = { keyboard: 0, password: 0 };
  private typed = false;
  /** The server put no question the last time, so that it is no use to try again. */
  private silentKeyboard = false;

  constructor(
    private readonly settings: SshSettings,
    private readonly asks: SshAsks,
    private readonly ring: KeyRing,
    private readonly giveUp: (failure: SshFailure) => void,
  ) {}

  readonly handler: AuthHandlerMiddleware = (
    methods: readonly AuthenticationType[] | null,
    _partial,
    next,
  ) => {
    // Nothing was tried yet; to try nothing tells what the server accepts.
    if (methods === null) return next({ type: 'none', username: this.settings.user });
    this.offered = methods;
    this.next(next).catch((error: unknown) =>
      this.giveUp(error instanceof SshFailure ? error : this.failure(plain(String(error)))),
    );
  };

  /** What the failure of a log-in tells, also when the server hangs up in the middle of it. */
  failure(what: string): SshFailure {
    const { user } = this.settings;
    const tried = [...this.ring.labels(), ...(this.typed ? ['what was typed'] : [])];
    return new SshFailure(
      'logIn',
      [
        `${placeOf(this.settings)} did not let ${user} in: ${what}.`,
        this.offered.length > 0 ? `It accepts ${this.offered.join(', ')}.` : '',
        tried.length > 0 ? `Tried: ${tried.join(', ')}.` : 'There was no key to try.',
        this.ring.troubles.length > 0 ? `Not usable: ${this.ring.troubles.map(plain).join('; ')}.` : '',
        `Check the user name, or add a public key to ~/.ssh/authorized_keys of ${user} there.`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }

  private async next(next: NextAuthHandler): Promise<void> {
    const method = await this.choose();
    if (method === null) this.giveUp(this.failure('no key and no password was accepted'));
    else next(method);
  }

  private async choose(): Promise<AnyAuthMethod | null> {
    const username = this.settings.user;
    if (!this.triedKeys && this.offered.includes('publickey')) {
      this.triedKeys = true;
      return { type: 'agent', username, agent: this.ring };
    }
    if (this.mayTypeOnKeyboard()) {
      this.tries.keyboard++;
      this.silentKeyboard = true;
      return {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, instructions, _language, prompts, finish) => {
          this.silentKeyboard = false;
          this.answer(instructions, prompts).then(finish, (error: unknown) =>
            this.giveUp(error instanceof SshFailure ? error : this.failure(plain(String(error)))),
          );
        },
      };
    }
    if (this.offered.includes('password') && this.tries.password < mostPasswords) {
      const again = this.tries.password++ > 0;
      const password = await this.ask({ prompt: 'Password', echo: false }, again);
      return { type: 'password', username, password };
    }
    return null;
  }

  /** After keys it is tried in any case: a server that wants a code besides the key does not tell it earlier. */
  private mayTypeOnKeyboard(): boolean {
    const before = this.tries.keyboard;
    if (before === 0) return this.triedKeys || this.offered.includes('keyboard-interactive');
    return this.offered.includes('keyboard-interactive') && !this.silentKeyboard && before < mostPasswords;
  }

  private async answer(instructions: string, prompts: readonly Prompt[]): Promise<string[]> {
    const answers: string[] = [];
    const again = this.tries.keyboard > 1;
    for (const { prompt, ...how } of prompts)
      answers.push(await this.ask({ ...how, prompt: `${instructions} ${prompt}` }, again));
    return answers;
  }

  private async ask({ prompt, echo }: Prompt, again: boolean): Promise<string> {
    const { name, user, host, port } = this.settings;
    const question = plain(prompt).replace(/:$/, '') || 'Password';
    const answer = await this.asks.password({
      node: name,
      user,
      host,
      port,
      prompt: question,
      hidden: echo !== true,
      again,
    });
    if (answer === null) throw this.failure(`it asks for “${question}”, and nobody answered`);
    this.typed = true;
    return answer;
  }
}
