import type { Arguments, OptionName } from './arguments';
import { UsageError } from './arguments';
import type { Farm } from './farm';
import type { ExitStatus } from './outcome';

/** What a command of the terminal takes, and does. */
export interface Command {
  /** As the usage names them; in brackets what may be left out. */
  readonly operands: string;
  readonly options?: readonly OptionName[];
  run(farm: Farm, operand: string, given: Arguments): Promise<ExitStatus>;
}

/** One that does its work without a farm. */
export type PlainCommand = Omit<Command, 'run'> & {
  run(operand: string, given: Arguments): Promise<ExitStatus>;
};

/** What a command does not know is told: an option that does nothing would look as if it did. */
export function expectUsage(
  name: string,
  { operands, options = [] }: Pick<Command, 'operands' | 'options'>,
  given: Arguments,
): void {
  const words = operands.split(' ').filter((word) => word !== '');
  const least = words.filter((word) => !word.startsWith('[')).length;
  const most = words.at(-1)?.endsWith('...]') === true ? Infinity : words.length;
  if (given.operands.length < least || given.operands.length > most)
    throw new UsageError(`drover ${name} takes ${words.length === 0 ? 'no more words' : operands}`);
  const unknown = given.optionNames.find((option) => !options.includes(option));
  if (unknown !== undefined) throw new UsageError(`drover ${name} takes no --${unknown}`);
}

/** Wishes are also taken when nothing can come of them yet. */
export function tellWhenAlone(farm: Farm, then = 'it takes effect when one is started'): void {
  if (farm.own !== null) console.error(`No Drover is running on this data folder: ${then}.`);
}
