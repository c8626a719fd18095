import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import {
  IconArrowsDiff,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ResultFile } from '../../../../shared/ipc/results';
import { resultAddress } from '../../../../shared/ipc/result-address';
import type { BatchId } from '../../../../shared/model/ids';
import { frameOf } from './sequences';
import { Stage } from './Stage';
import type { Comparing } from './Stage';
import { Strip } from './Strip';
import { speeds, usePlayer } from './usePlayer';

interface Props {
  readonly batch: BatchId;
  readonly files: readonly ResultFile[];
  /** A frame to compare with, also of another sequence; null: none. */
  readonly compared: ResultFile | null;
  onCompare(this: void, file: ResultFile | null): void;
}

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** Pictures of a sequence, played, stepped through and compared. */
export function Player({ batch, files, compared, onCompare }: Props): ReactNode {
  // Until somebody chooses one it is the newest: frames come while one looks.
  const [chosen, setChosen] = useState<string | null>(null);
  const [comparing, setComparing] = useState<Comparing>('wipe');
  const last = files.length - 1;
  const found = chosen === null ? last : files.findIndex(({ path }) => path === chosen);
  const shown = found < 0 ? last : found;
  const file = files[shown];
  const show = (index: number): void => {
    const next = files[Math.min(last, Math.max(0, index))];
    if (next !== undefined) setChosen(next.path);
  };
  const addressOf = (index: number): string => {
    const one = files[index];
    return one === undefined ? '' : resultAddress(batch, one);
  };
  const player = usePlayer(files.length, shown, addressOf, show);
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    const { target } = event;
    if (file === undefined || event.altKey || event.ctrlKey || event.metaKey || hasOwnKeys(target, event.key))
      return;
    const actions: Readonly<Record<string, () => void>> = {
      ' ': () => player.setPlaying(!player.isPlaying),
      ArrowLeft: () => show(shown - 1),
      ArrowRight: () => show(shown + 1),
      Home: () => show(0),
      End: () => show(last),
      c: () => onCompare(compared === null ? file : null),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    if (event.key !== ' ') player.setPlaying(false);
    action();
  });
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = section.current;
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    element?.addEventListener('keydown', listener);
    return () => element?.removeEventListener('keydown', listener);
  }, []);
  if (file === undefined) return null;

  const step = (to: number) => () => {
    player.setPlaying(false);
    show(to);
  };
  return (
    <section ref={section} className="player" tabIndex={-1} aria-label="Frame player">
      <Stage batch={batch} file={file} compared={compared} comparing={comparing} />
      <div className="player-bar">
        <StepButton words="First frame" onClick={step(0)}>
          <IconPlayerTrackPrev {...icon} />
        </StepButton>
        <StepButton words="Frame before" onClick={step(shown - 1)}>
          <IconPlayerSkipBack {...icon} />
        </StepButton>
        <StepButton
          words={player.isPlaying ? 'Pause' : 'Play'}
          isDisabled={files.length < 2}
          onClick={() => player.setPlaying(!player.isPlaying)}
        >
          {player.isPlaying ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
        </StepButton>
        <StepButton words="Next frame" onClick={step(shown + 1)}>
          <IconPlayerSkipForward {...icon} />
        </StepButton>
        <StepButton words="Last frame" onClick={step(last)}>
          <IconPlayerTrackNext {...icon} />
        </StepButton>
        <span className="player-frame" role="status">
          {frameOf(file)} <span className="faint">{`${shown + 1} of ${files.length}`}</span>
        </span>
        <NativeSelect
          size="xs"
          aria-label="Speed"
          value={String(player.speed)}
          onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
          data={speeds.map((speed) => ({ value: String(speed), label: `${speed} a second` }))}
        />
        <span className="player-compare">
          {compared !== null && (
            <SegmentedControl
              size="xs"
              aria-label="How they are compared"
              value={comparing}
              onChange={setComparing}
              data={[
                { value: 'wipe' as const, label: 'Wipe' },
                { value: 'side' as const, label: 'Side by side' },
              ]}
            />
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsDiff size={14} aria-hidden />}
            onClick={() => onCompare(compared === null ? file : null)}
          >
            {compared === null ? 'Compare with this' : 'End comparing'}
          </Button>
        </span>
      </div>
      <Strip
        batch={batch}
        files={files}
        shown={shown}
        compared={compared?.path ?? null}
        onShow={(index) => step(index)()}
      />
    </section>
  );
}

/** A button is pressed by Space, and a slider moved by arrows. */
function hasOwnKeys(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLButtonElement) return key === ' ';
  if (target instanceof HTMLInputElement) return target.type !== 'range' || key !== ' ';
  return target instanceof HTMLSelectElement;
}

function StepButton(props: {
  readonly words: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={props.words}
      title={props.words}
      disabled={props.isDisabled === true}
      onClick={props.onClick}
    >
      {props.children}
    </ActionIcon>
  );
}
