import type { Views } from '../../shared/ipc/contract';
import { live } from './connection';
import type { LiveView } from './store';
import type { LiveName, LiveValues } from './values';

/** A page that does not come for its view in so long does not come at all. */
const longest = 1_000;

/** Opens the view of a page that is to be shown, and settles when there is something to show in it. */
export function openAhead<Name extends LiveName>(name: Name, params: Views[Name]['params']): Promise<void> {
  const view: LiveView<LiveValues[Name]> = live.view(name, params);
  return new Promise((resolve) => {
    const end = view.subscribe(resolve);
    setTimeout(() => {
      end();
      resolve();
    }, longest);
  });
}
