import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { absolute, readConfig, type ConfigValues } from './config';
import { plain, SshFailure } from './failure';
import { parseTarget, targetText, type SshTarget } from './target';

/** All that is to be known of one host before it is called. */
export interface SshSettings {
  /** As it was named: for messages. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name under which known_hosts files have it, `[host]:port` where the port is not the usual. */
  readonly knownAs: string;
  readonly knownHostsFiles: readonly string[];
  readonly identityFiles: readonly string[];
  /** The files are only tried if they are there: nobody named them. */
  readonly usualIdentityFiles: boolean;
  readonly identitiesOnly: boolean;
  /** Where an agent may listen; the first that answers is used. */
  readonly agents: readonly string[];
  /** The hosts on the way, the first to be called first. */
  readonly jumps: readonly SshTarget[];
  readonly connectTimeout: number;
  readonly aliveInterval: number;
}

export interface SettingsSource {
  /** Default: `~/.ssh/config`. */
  readonly configFile?: string | undefined;
  /** Default: the user's. */
  readonly home?: string | undefined;
  /** Default: the environment of this process; only SSH_AUTH_SOCK and what the configuration names are read. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

const usualPort = 22;
const usualConnectTimeout = 20;
/** The agent is asked more often than that. */
const usualAliveInterval = 60;
const usualKeys = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

export async function resolveSettings(target: SshTarget, source: SettingsSource): Promise<SshSettings> {
  const home = source.home ?? homedir();
  const localUser = userInfo().username;
  const configFile = source.configFile ?? join(home, '.ssh', 'config');
  const values = await readConfig(configFile, { alias: target.host, user: target.user, localUser, home });
  const name = targetText(target);
  const problem = (what: string): SshFailure =>
    new SshFailure('configuration', `${configFile}, for ${name}: ${what}`);

  const number = (keyword: string, usual: number, least: number, most: number): number => {
    const word = values.word(keyword);
    if (word === null || word === 'none') return usual;
    const value = /^\d{1,9}$/.test(word) ? Number(word) : -1;
    if (value < least || value > most)
      throw problem(`${keyword} is “${plain(word)}”, not a number from ${least} to ${most}.`);
    return value;
  };

  const host = checkedHost(
    expand(values.word('hostname') ?? target.host, { h: target.host }, problem),
    problem,
  );
  const port = target.port ?? number('port', usualPort, 1, 65_535);
  const user = target.user ?? values.word('user') ?? localUser;
  const tokens = { d: home, h: host, n: target.host, p: String(port), r: user, u: localUser };
  const path = (text: string): string => absolute(expand(text, tokens, problem), home, home);
  const files = [...values.identityFiles].filter((file) => file !== 'none');
  const alias = values.word('hostkeyalias');
  const knownHost = alias === null ? null : checkedHost(alias, problem);

  return {
    name,
    host,
    port,
    user,
    knownAs: (knownHost ?? (port === usualPort ? host : `[${host}]:${port}`)).toLowerCase(),
    knownHostsFiles: knownHostsFiles(values, home).map(path),
    identityFiles:
      values.identityFiles.size > 0 ? files.map(path) : usualKeys.map((key) => join(home, '.ssh', key)),
    usualIdentityFiles: values.identityFiles.size === 0,
    identitiesOnly: values.word('identitiesonly')?.toLowerCase() === 'yes',
    agents: agentsOf(values, source.environment ?? process.env, path),
    jumps: jumpsOf(values, problem),
    connectTimeout: (number('connecttimeout', 0, 0, 86_400) || usualConnectTimeout) * 1000,
    aliveInterval: (number('serveraliveinterval', 0, 0, 86_400) || usualAliveInterval) * 1000,
  };
}

function checkedHost(text: string, problem: (what: string) => SshFailure): string {
  const { user, port, host } = parseTarget(text);
  if (user !== null || port !== null) throw problem(`“${plain(text)}” may only be a name or an address.`);
  return host;
}

/** Replaces `%h` and its like; `%%` is a percent sign. */
function expand(
  text: string,
  tokens: Readonly<Record<string, string>>,
  problem: (what: string) => SshFailure,
): string {
  return text.replaceAll(/%(.?)/gsu, (whole, letter: string) => {
    const value = letter === '%' ? '%' : tokens[letter];
    if (value === undefined)
      throw problem(`“${plain(text)}” has ${plain(whole)}, which is not understood here.`);
    return value;
  });
}

export function everyonesKnownHosts(): readonly string[] {
  const system =
    process.platform === 'win32' ? join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return [join(system, 'ssh_known_hosts'), join(system, 'ssh_known_hosts2')];
}

function knownHostsFiles(values: ConfigValues, home: string): readonly string[] {
  const theUsers = [join(home, '.ssh', 'known_hosts'), join(home, '.ssh', 'known_hosts2')];
  const everyones = everyonesKnownHosts();
  const said = (keyword: string, usual: readonly string[]): readonly string[] => {
    const words = values.words(keyword);
    return words.length === 0
      ? usual.map((file) => file.replaceAll('%', '%%'))
      : words.filter((word) => word !== 'none');
  };
  return [...said('userknownhostsfile', theUsers), ...said('globalknownhostsfile', everyones)];
}

function agentsOf(
  values: ConfigValues,
  environment: Readonly<Record<string, string | undefined>>,
  path: (text: string) => string,
): readonly string[] {
  const word = values.word('identityagent');
  if (word === 'none') return [];
  if (word !== null && word !== 'SSH_AUTH_SOCK') {
    const variable = /^\$\{?(\w+)\}?$/.exec(word)?.[1];
    const place = variable === undefined ? path(word) : environment[variable];
    return place === undefined || place === '' ? [] : [place];
  }
  const socket = environment['SSH_AUTH_SOCK'] ?? '';
  if (socket !== '') return [socket];
  return process.platform === 'win32' ? ['\\\\.\\pipe\\openssh-ssh-agent', 'pageant'] : [];
}

function jumpsOf(values: ConfigValues, problem: (what: string) => SshFailure): readonly SshTarget[] {
  const command = values.words('proxycommand').join(' ');
  if (command !== '' && command.toLowerCase() !== 'none')
    throw problem(
      `it is reached by the ProxyCommand “${plain(command)}”, which Drover does not run. Name the host on the way with ProxyJump instead.`,
    );
  const jump = values.word('proxyjump');
  if (jump === null || jump.toLowerCase() === 'none') return [];
  return jump.split(',').map((hop) => parseTarget(hop.trim().replace(/^ssh:\/\//, '')));
}
