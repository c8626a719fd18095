import { useCallback, useEffect, useState } from 'react';
import type { Form, PresetCard } from '../../shared/ipc/forms';
import { request, requestOrTell } from '../live/request';
import type { FormOf } from './model/feeding';

export interface Forms {
  /** Null: not known yet. */
  readonly cards: readonly PresetCard[] | null;
  readonly formOf: FormOf;
  readonly folder: string;
}

/** The presets, and the forms of those that the jobs are of. */
export function useForms(presets: readonly string[]): Forms {
  const [cards, setCards] = useState<readonly PresetCard[] | null>(null);
  const [forms, setForms] = useState<ReadonlyMap<string, Form>>(new Map());
  useEffect(() => {
    let isMounted = true;
    void request('preset.list', {}).then((answer) => {
      if (isMounted) setCards(answer.ok ? answer.value.presets : []);
    });
    return () => {
      isMounted = false;
    };
  }, []);
  const wanted = [...new Set(presets)].toSorted().join('\n');
  useEffect(() => {
    let isMounted = true;
    const names = wanted.split('\n').filter((name) => name !== '');
    void Promise.all(names.map(openForm)).then((opened) => {
      if (isMounted)
        setForms(new Map(opened.flatMap((form, at) => (form === null ? [] : [[names[at] ?? '', form]]))));
    });
    return () => {
      isMounted = false;
    };
  }, [wanted]);
  const formOf = useCallback((preset: string): Form | null => forms.get(preset) ?? null, [forms]);
  const folder = forms.values().next().value?.submission.folder ?? '';
  return { cards, formOf, folder };
}

const known = new Map<string, Promise<Form | null>>();

/** Asked for once; what cannot be opened is asked for again the next time. */
function openForm(preset: string): Promise<Form | null> {
  const before = known.get(preset);
  if (before !== undefined) return before;
  const opened = requestOrTell('open a preset', 'form.open', {
    wish: { kind: 'preset', preset, file: null },
  }).then((answer) => {
    if (answer?.kind === 'form') return answer.form;
    known.delete(preset);
    return null;
  });
  known.set(preset, opened);
  return opened;
}
