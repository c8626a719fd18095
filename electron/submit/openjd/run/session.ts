/** A session: a working directory, environments that are entered and left, and tasks between. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveFormatString } from '../format';
import type { Action, Environment, JobParameter, StepScript, Symbols, TaskParameterValue } from '../model';
import { RunningAction, type ActionOrder, type ActionState, type VariableChange } from './action';
import { fileSymbols, placeFiles, writeFiles, type PlacedFile } from './embedded-files';
import type { SessionLog } from './log';
import { pathMapper, pathMappingFile, type PathMappingRule } from './path-mapping';
import type { SessionFolder } from './session-folder';
import { hereOf, joinedSymbols, sessionSymbols, taskSymbols } from './symbols';

export interface SessionOptions {
  readonly parameters: readonly JobParameter[];
  readonly rules: readonly PathMappingRule[];
  /** What actions inherit. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: SessionFolder;
  readonly log: SessionLog;
}

interface Entered {
  readonly environment: Environment;
  files: readonly PlacedFile[];
  readonly set: Map<string, string>;
  /** Counts for more than what is set. */
  readonly unset: Set<string>;
  readonly mayRedact: boolean;
}

/** In seconds. */
const exitTimeout = 300;
const notice = { task: 120, environment: 30 } as const;

export class Session {
  private readonly entered: Entered[] = [];
  private running: RunningAction | null = null;

  private constructor(
    private readonly options: SessionOptions,
    private readonly mapped: (path: string) => string,
    private readonly symbols: Symbols,
  ) {}

  static async open(options: SessionOptions): Promise<Session> {
    const { parameters, rules, folder } = options;
    const rulesFile = join(folder.own, 'path-mapping.json');
    await writeFile(rulesFile, pathMappingFile(rules), { mode: 0o600 });
    const places = {
      workingDirectory: folder.path,
      pathMappingRulesFile: rulesFile,
      hasPathMappingRules: rules.length > 0,
    };
    const mapped = pathMapper(rules);
    return new Session(options, mapped, sessionSymbols(parameters, places, mapped));
  }

  /** How many environments are to be left. */
  get depth(): number {
    return this.entered.length;
  }

  /** Also one whose onEnter fails is entered, and is to be left. */
  async enter(environment: Environment, mayRedact: boolean): Promise<ActionState> {
    const { log, folder } = this.options;
    log.title(`Entering Environment: ${environment.name}`);
    const { variables, script } = environment;
    const entered: Entered = { environment, files: [], set: new Map(), unset: new Set(), mayRedact };
    this.entered.push(entered);
    const onVariable = ({ name, value }: VariableChange): void => {
      if (value === null) entered.unset.add(name);
      else entered.set.set(name, value);
    };
    return this.attempt(async () => {
      for (const [name, format] of variables) {
        const value = resolveFormatString(format, this.symbols);
        entered.set.set(name, value);
        log.write('INFO', `Setting: ${name}=${value}`);
      }
      if (script === null) return 'succeeded';
      entered.files = await placeFiles(script.embeddedFiles, folder.own);
      return this.runOfEnvironment(entered, script.onEnter, null, onVariable);
    });
  }

  /** The one that was entered last. */
  async leave(): Promise<ActionState> {
    const entered = this.entered.at(-1);
    if (entered === undefined) throw new Error('there is no environment to leave');
    const { name, script } = entered.environment;
    this.options.log.title(`Exiting Environment: ${name}`);
    const state = await this.attempt(() =>
      this.runOfEnvironment(entered, script?.onExit ?? null, exitTimeout, null),
    );
    this.entered.pop();
    return state;
  }

  async runTask(
    { onRun, embeddedFiles }: StepScript,
    parameters: readonly TaskParameterValue[],
    mayRedact: boolean,
  ): Promise<ActionState> {
    const { log, folder } = this.options;
    log.title('Running Task');
    for (const parameter of parameters)
      log.write('INFO', `${parameter.name} (${parameter.type}) = ${hereOf(parameter, this.mapped)}`);
    return this.attempt(async () => {
      const files = await placeFiles(embeddedFiles, folder.own);
      const symbols = joinedSymbols(taskSymbols(parameters, this.mapped), fileSymbols(files, 'Task'));
      return this.run(files, symbols, {
        action: onRun,
        timeoutSeconds: onRun.timeout,
        noticeSeconds: notice.task,
        mayRedact,
        onVariable: null,
      });
    });
  }

  /** Stops what runs; asked again, at once. */
  interrupt(): void {
    this.running?.stop('canceled');
  }

  private async runOfEnvironment(
    { files, mayRedact }: Entered,
    action: Action | null,
    defaultTimeout: number | null,
    onVariable: ActionOrder['onVariable'],
  ): Promise<ActionState> {
    if (action === null) return 'succeeded';
    return this.run(files, fileSymbols(files, 'Env'), {
      action,
      timeoutSeconds: action.timeout ?? defaultTimeout,
      noticeSeconds: notice.environment,
      mayRedact,
      onVariable,
    });
  }

  private async run(
    files: readonly PlacedFile[],
    ownSymbols: Symbols,
    order: Omit<ActionOrder, 'symbols' | 'environment' | 'folder'>,
  ): Promise<ActionState> {
    const { folder, log } = this.options;
    const symbols = joinedSymbols(this.symbols, ownSymbols);
    const running = new RunningAction({ ...order, symbols, environment: this.variables(), folder }, log);
    this.running = running;
    try {
      await writeFiles(files, symbols);
      return await running.run();
    } finally {
      this.running = null;
    }
  }

  /** What cannot be done on this machine, as its disk is full, is a failure like any other. */
  private async attempt(action: () => Promise<ActionState>): Promise<ActionState> {
    try {
      return await action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.options.log.write('ERROR', `The action could not be run: ${reason}`);
      return 'failed';
    }
  }

  private variables(): Readonly<Record<string, string>> {
    const all = new Map(Object.entries(this.options.environment));
    for (const { set, unset } of this.entered) {
      for (const [name, value] of set) all.set(name, value);
      for (const name of unset) all.delete(name);
    }
    return Object.fromEntries(all);
  }
}
