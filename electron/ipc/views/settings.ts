import type { SettingsPicture } from '../../../shared/ipc/contract';
import type { Fact } from '../../engine/facts';
import type { Host } from '../../host';
import type { LiveView } from './view';

export class SettingsView implements LiveView {
  constructor(private readonly host: Host) {}

  picture(): SettingsPicture {
    return { settings: this.host.state.settings };
  }

  note(facts: readonly Fact[]): boolean {
    return facts.some(({ kind }) => kind === 'settingsChanged');
  }

  delta(): SettingsPicture {
    return this.picture();
  }

  again(): null {
    return null;
  }
}
