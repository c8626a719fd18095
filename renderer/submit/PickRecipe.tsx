import { Button } from '@mantine/core';
import { IconChevronRight, IconFileDownload, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Sample } from '../../shared/ipc/contract';
import { bridge } from '../live/connection';
import { request } from '../live/request';
import { KindIcon } from '../ui/StateMark';
import { sampleInWords } from './sample-words';

/** A file by dropping it (the window itself takes the drop) or by choosing it; or a sample. */
export function PickRecipe(props: { readonly onPick: (path: string) => void }): ReactNode {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let isMounted = true;
    void request('sample.list', {}).then((answer) => {
      if (isMounted && answer.ok) setSamples(answer.value.samples);
    });
    return () => {
      isMounted = false;
    };
  }, []);
  const choose = async (): Promise<void> => {
    const path = await bridge.chooseRecipe();
    if (path !== null) props.onPick(path);
  };
  return (
    <>
      <div className="submit-drop">
        <IconFileDownload size={34} stroke={1.3} aria-hidden />
        <div className="submit-drop-title">Drop a recipe file here</div>
        <div className="faint">YAML or JSON. It is checked first; nothing starts before you submit it.</div>
        <Button
          mt="sm"
          data-autofocus
          leftSection={<IconFolderOpen size={15} aria-hidden />}
          onClick={() => void choose()}
        >
          Choose a file …
        </Button>
      </div>
      {samples.length > 0 && (
        <section aria-label="Samples">
          <h3 className="submit-heading">Or begin with a sample</h3>
          {samples.map((sample) => (
            <button
              key={sample.name}
              type="button"
              className={sample.missing.length > 0 ? 'submit-sample faint' : 'submit-sample'}
              onClick={() => props.onPick(sample.recipe)}
            >
              <KindIcon kind={sample.kind} size={20} />
              <span className="submit-sample-words">
                <span className="submit-sample-title">{sample.title}</span>
                <span className="submit-sample-text">{sampleInWords(sample)}</span>
              </span>
              <IconChevronRight size={16} stroke={1.8} aria-hidden />
            </button>
          ))}
        </section>
      )}
    </>
  );
}
