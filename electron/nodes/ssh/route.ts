import { SshFailure } from './failure';
import { resolveSettings, type SettingsSource, type SshSettings } from './settings';
import { targetText, type SshTarget } from './target';

const mostHops = 8;

/** The hosts to be called one after the other, the node itself last. Each is looked up in the configuration. */
export async function findRoute(target: SshTarget, source: SettingsSource): Promise<readonly SshSettings[]> {
  return routeTo(target, source, []);
}

async function routeTo(
  target: SshTarget,
  source: SettingsSource,
  after: readonly string[],
): Promise<readonly SshSettings[]> {
  const name = targetText(target);
  if (after.length >= mostHops)
    throw new SshFailure(
      'configuration',
      `The way to ${after[0]} has more than ${mostHops} hosts or goes in a circle: ${[...after, name].join(', ')}. Correct ProxyJump in the SSH configuration.`,
    );
  const settings = await resolveSettings(target, source);
  const [first, ...others] = settings.jumps;
  if (first === undefined) return [settings];
  // As with OpenSSH, only the first hop's own ProxyJump counts: it says how the others are reached.
  return [
    ...(await routeTo(first, source, [...after, name])),
    ...(await Promise.all(others.map((hop) => resolveSettings(hop, source)))),
    settings,
  ];
}
