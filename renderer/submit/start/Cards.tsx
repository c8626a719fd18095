import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PresetCard } from '../../../shared/ipc/forms';
import { requestOrTell } from '../../live/request';
import { confirm } from '../../ui/confirm';
import { IconButton } from '../../ui/IconButton';
import { countInWords } from '../../ui/words';
import { Picture } from '../Picture';

interface Props {
  readonly presets: readonly PresetCard[];
  readonly onOpen: (preset: PresetCard) => void;
  readonly onForget: (preset: PresetCard) => void;
}

/** The presets as cards with pictures: a person's own before those that are shipped. */
export function Cards(props: Props): ReactNode {
  const own = props.presets.filter(({ isOwn }) => isOwn);
  const shipped = props.presets.filter(({ isOwn }) => !isOwn);
  return (
    <>
      {own.length > 0 && <CardGrid {...props} title="Your presets" presets={own} />}
      {shipped.length > 0 && <CardGrid {...props} title="Presets" presets={shipped} />}
    </>
  );
}

function CardGrid({ title, presets, onOpen, onForget }: Props & { readonly title: string }): ReactNode {
  return (
    <section aria-label={title}>
      <h3 className="submit-heading">{title}</h3>
      <ul className="start-cards">
        {presets.map((preset) => (
          <li key={preset.name} className="start-card-place">
            <button type="button" className="start-card" data-arrows onClick={() => onOpen(preset)}>
              <Picture picture={preset.picture} kind={preset.kind} size="card" />
              <span className="start-card-words">
                <span className="start-card-title">{preset.title}</span>
                <span className="start-card-text">{preset.description}</span>
                <Nodes preset={preset} />
              </span>
            </button>
            {preset.isOwn && (
              <span className="start-card-remove">
                <IconButton label={`Remove ${preset.title}`} onClick={() => void remove(preset, onForget)}>
                  <IconTrash size={15} stroke={1.7} aria-hidden />
                </IconButton>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only what is no matter of course: that a node does not have the program. */
function Nodes({ preset: { nodes } }: { readonly preset: PresetCard }): ReactNode {
  if (nodes === null || nodes.known === 0 || nodes.able === nodes.known) return null;
  return (
    <span className="start-card-nodes">
      {nodes.able === 0
        ? 'Its program is on none of the nodes'
        : `On ${nodes.able} of ${countInWords(nodes.known, 'node')}`}
    </span>
  );
}

async function remove(preset: PresetCard, onForget: (preset: PresetCard) => void): Promise<void> {
  const isSure = await confirm({
    title: `Remove ${preset.title}?`,
    text: 'The values that you kept in it are lost. What was submitted with it stays.',
    yes: 'Remove the preset',
    no: 'Keep it',
  });
  if (!isSure) return;
  const answer = await requestOrTell(`remove ${preset.title}`, 'preset.remove', { name: preset.name });
  if (answer !== null) onForget(preset);
}
