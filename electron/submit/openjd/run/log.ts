import { logLevels, type LogLevel } from './messages';
import { hidden, Redaction } from './redaction';

/** All that is shown of a session goes through here: nothing secret gets out. */
export class SessionLog {
  private readonly redaction = new Redaction();

  constructor(
    private readonly show: (text: string) => void,
    private level: LogLevel = 'INFO',
  ) {}

  setLevel(level: LogLevel): void {
    this.level = level;
  }

  hide(value: string): void {
    this.redaction.add(value);
  }

  write(level: LogLevel, text: string, isCut = false): void {
    if (logLevels.indexOf(level) < logLevels.indexOf(this.level)) return;
    for (const line of this.redaction.apply(text, isCut).split('\n')) this.show(line);
  }

  title(text: string): void {
    for (const line of ['', doubleRule, `--------- ${text}`, doubleRule]) this.write('INFO', line);
  }
}

const doubleRule = '='.repeat(46);

/** A command that sets a secret would tell it before it has said that it is one. */
export function withoutSecretsToCome(command: string): string {
  return command.replaceAll(/(openjd_redacted_env\s*:).*/gis, `$1 ${hidden}`);
}
