/** The secret store of the system, as far as a terminal reaches it: what Drover's window keeps lies elsewhere. */
import { spawn } from 'node:child_process';
import { SecretsInMemory, type Secrets } from './secrets';

export interface SecretTool {
  /** `secret-tool` of libsecret. */
  readonly program?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A person may have to unlock it first. */
const longestAnswer = 60_000;
const mostCharacters = 100_000;

/** By a tool that reads secrets from its stdin, so that no list of processes ever shows one. */
export class SecretsByTool implements Secrets {
  readonly lack = 'The secret store of this system did not take it';
  /** What it did not take, too. */
  private readonly known = new SecretsInMemory();

  constructor(private readonly tool: SecretTool = {}) {}

  async get(name: string): Promise<string | null> {
    const known = await this.known.get(name);
    if (known !== null) return known;
    const answer = await this.run(['lookup', ...attributes(name)]);
    return answer === null || answer === '' ? null : answer;
  }

  async set(name: string, secret: string): Promise<boolean> {
    await this.known.set(name, secret);
    const words = ['store', `--label=Drover: ${name}`, ...attributes(name)];
    return (await this.run(words, secret)) !== null;
  }

  async forget(name: string): Promise<void> {
    await this.known.forget(name);
    await this.run(['clear', ...attributes(name)]);
  }

  /** What it printed; null: it is not there, or could not do it. */
  private run(words: readonly string[], input = ''): Promise<string | null> {
    const { program = 'secret-tool', environment = process.env } = this.tool;
    return new Promise((answered) => {
      const child = spawn(program, [...words], {
        env: environment,
        stdio: ['pipe', 'pipe', 'ignore'],
        timeout: longestAnswer,
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (output.length < mostCharacters) output += text;
      });
      child.once('error', () => answered(null));
      child.once('close', (status) => answered(status === 0 ? output : null));
      // It may end without having read it.
      child.stdin.once('error', () => {});
      child.stdin.end(input);
    });
  }
}

const attributes = (name: string): readonly string[] => ['application', 'drover', 'name', name];

export function secretsInTerminal(platform = process.platform): Secrets {
  switch (platform) {
    case 'darwin':
      return new SecretsInMemory(
        'In the terminal, Drover cannot put it into the Keychain without showing it in the list of processes',
      );
    case 'win32':
      return new SecretsInMemory('In the terminal, Drover has no secret store on Windows');
    default:
      return new SecretsByTool();
  }
}
