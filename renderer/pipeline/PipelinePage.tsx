import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconEraser, IconFolderOpen } from '@tabler/icons-react';
import { getViewportForBounds, ReactFlowProvider, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { isApple } from '../app/shortcuts';
import { navigate } from '../app/useRoute';
import { boundsOf } from '../graph/model/align';
import { useLayout } from '../graph/useLayout';
import { bridge } from '../live/connection';
import { SubmitButton } from '../submit/SubmitButton';
import { useSubmit } from '../submit/useSubmit';
import { tellDone, tellRefusal } from '../ui/tell';
import { addJob, cardSize, freePlace } from './adding';
import type { Place } from './adding';
import { BatchPanel } from './BatchPanel';
import { Board, nothingChosen } from './Board';
import type { Chosen } from './Board';
import { EmptyBoard } from './EmptyBoard';
import { JobPanel } from './JobPanel';
import { LinkPanel } from './LinkPanel';
import { feedsOf, fedByEdge } from './model/feeding';
import { changedEdge, edgeBetween, emptySketch, moved, withEdge } from './model/sketch';
import type { Sketch } from './model/sketch';
import { beginAnew, chooseRecipe, layoutWish, openRecipe, takeUntidy } from './opening';
import { Shelf } from './Shelf';
import { begin, change, noteSaved, sketchNow, useSteps } from './sketches';
import { Tools } from './Tools';
import { duplicate, removeChosen, useBoardKeys } from './useBoardKeys';
import { useBuilder } from './useBuilder';
import { useForms } from './useForms';
import { usePageKeys } from './usePageKeys';
import '../graph/graph.css';
import '../graph/draw/cards.css';
import '../graph/draw/lines.css';
import '../graph/edit/edit.css';
import '../submit/submit.css';
import '../submit/form/form.css';
import './pipeline.css';

/** A batch is put together from presets, before it is submitted. */
export function PipelinePage(props: { readonly file: string | null }): ReactNode {
  return (
    <ReactFlowProvider>
      <Builder {...props} />
    </ReactFlowProvider>
  );
}

const recipeFile = /\.(?:ya?ml|json|drover)$/i;

function Builder({ file }: { readonly file: string | null }): ReactNode {
  const steps = useSteps();
  const sketch = steps.present;
  const forms = useForms(sketch.jobs.map(({ preset }) => preset));
  const builder = useBuilder(sketch, forms);
  const { check, findings, submission } = builder;
  const [wished, choose] = useState<Chosen>(nothingChosen);
  const chosen = useMemo(() => onlyThere(wished, sketch), [wished, sketch]);
  const page = useRef<HTMLDivElement>(null);
  const { setViewport, setCenter, getZoom, screenToFlowPosition } = useReactFlow();
  const store = useStoreApi();
  const layOut = useLayout();

  const fit = useCallback((): void => {
    const { width, height } = store.getState();
    const bounds = boundsOf(sketchNow().jobs.map(({ x, y }) => ({ x, y, ...cardSize })));
    if (bounds === null || width === 0) return;
    void setViewport(getViewportForBounds(bounds, width, height, 0.1, 1, 0.12));
  }, [store, setViewport]);
  const tidy = useCallback(() => {
    layOut(layoutWish(), ({ places }) => {
      change((old) => moved(old, places), 'arrange');
      fit();
    });
  }, [layOut, fit]);
  const chooseJob = (id: string): void => choose({ jobs: new Set([id]), edges: new Set() });
  const chooseEdge = (id: string | undefined): void => {
    if (id !== undefined) choose({ jobs: new Set(), edges: new Set([id]) });
  };
  const go = (id: string): void => {
    chooseJob(id);
    const job = sketch.jobs.find((one) => one.id === id);
    if (job !== undefined)
      void setCenter(job.x + cardSize.width / 2, job.y + cardSize.height / 2, {
        zoom: Math.max(0.7, getZoom()),
      });
  };
  const [only, ...others] = chosen.jobs;
  const add = async (preset: string, at?: Place): Promise<void> => {
    const box = page.current?.querySelector('.react-flow')?.getBoundingClientRect();
    const middle = screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
    });
    const id = await addJob(
      { kind: 'preset', preset, file: null },
      (now) => at ?? freePlace(now, only ?? null, middle),
    );
    if (id === null) return;
    chooseJob(id);
    if (at === undefined) fit();
  };
  const open = useCallback(
    async (path: string): Promise<void> => {
      if (!(await openRecipe(path))) return;
      choose(nothingChosen);
      if (takeUntidy()) tidy();
    },
    [tidy],
  );
  const addFiles = async (paths: readonly string[]): Promise<void> => {
    const [first] = paths;
    if (first !== undefined && recipeFile.test(first)) return open(first);
    for (const path of paths) {
      const id = await addJob({ kind: 'file', path }, (now) => freePlace(now, null, { x: 0, y: 0 }));
      if (id !== null) chooseJob(id);
    }
    fit();
  };
  const link = (from: string, to: string): void => {
    change((old) => fedByEdge(withEdge(old, from, to), from, to, forms.formOf));
    chooseEdge(edgeBetween(sketchNow(), from, to)?.id);
  };
  const moveEnd = (edge: string, from: string, to: string): void => {
    const there = edgeBetween(sketch, from, to);
    if (there === null) change((old) => changedEdge(old, edge, (now) => ({ ...now, from, to })));
    chooseEdge(there?.id ?? edge);
  };
  const openJob = (): void =>
    page.current?.querySelector<HTMLElement>('[data-form] input, [data-form] textarea')?.focus();

  const wanted = useRef(file);
  useEffect(() => {
    const path = wanted.current;
    wanted.current = null;
    if (path !== null) void open(path);
  }, [open]);
  // Once it is known how much room there is.
  const isMeasured = useStore(({ width }) => width > 0);
  useEffect(() => {
    if (!isMeasured) return;
    if (takeUntidy()) tidy();
    else fit();
  }, [isMeasured, fit, tidy]);

  const submitting = useSubmit({
    submission,
    check,
    isNotLast: false,
    onDone: ({ batch }) => {
      begin(emptySketch);
      navigate(batch === null ? { page: 'queue' } : { page: 'graph', batch: batch.batch, job: null });
    },
  });
  const job = others.length === 0 ? sketch.jobs.find(({ id }) => id === only) : undefined;
  const edge = chosen.jobs.size === 0 ? sketch.edges.find(({ id }) => chosen.edges.has(id)) : undefined;
  /** Warnings have been read only where they stand. */
  const showsBatch = job === undefined && edge === undefined;
  const submit = (isClick: boolean): void => {
    if (sketch.jobs.length === 0) return;
    const worst = findings.find(({ severity }) => severity === 'error');
    const wrong = builder.needing ?? sketch.jobs.find(({ name }) => name === worst?.job)?.id;
    if (wrong !== undefined) return go(wrong);
    if (worst !== undefined || submitting.isToBeConfirmed) choose(nothingChosen);
    submitting.submit(isClick && showsBatch);
  };
  const save = async (): Promise<void> => {
    if (sketch.jobs.length === 0) return;
    try {
      const path = await bridge.saveRecipe(submission);
      if (path === null) return;
      noteSaved(sketch);
      tellDone('Saved', path);
    } catch (error) {
      tellRefusal('save it', { message: error instanceof Error ? error.message : String(error) });
    }
  };
  usePageKeys({ submit: () => submit(false), save: () => void save() });
  const onKeyDown = useBoardKeys({
    sketch,
    chosen,
    onChoose: choose,
    onGo: go,
    onOpenJob: openJob,
    onFit: fit,
    onTidy: tidy,
  });

  const isEmpty = sketch.jobs.length === 0;
  return (
    <div className="pipeline" ref={page}>
      <header className="page-head pipeline-head">
        <h1 className="page-title">New pipeline</h1>
        <Tools steps={steps} chosen={chosen.jobs} onFit={fit} onTidy={tidy} />
        <Button
          variant="subtle"
          color="gray"
          ml="auto"
          leftSection={<IconFolderOpen size={15} aria-hidden />}
          onClick={() => void chooseRecipe().then((path) => (path === null ? undefined : open(path)))}
        >
          Open …
        </Button>
        <Button
          variant="subtle"
          color="gray"
          disabled={isEmpty}
          leftSection={<IconEraser size={15} aria-hidden />}
          onClick={() => void beginAnew().then(() => choose(nothingChosen))}
        >
          Begin anew
        </Button>
        <Button
          variant="default"
          disabled={isEmpty}
          title={isApple(bridge.platform) ? '⌘+S' : 'Ctrl+S'}
          leftSection={<IconDeviceFloppy size={15} aria-hidden />}
          onClick={() => void save()}
        >
          Save as a recipe …
        </Button>
        <SubmitButton submitting={submitting} isDisabled={isEmpty} onClick={() => submit(true)} />
      </header>
      <div className="pipeline-frame">
        <Shelf cards={forms.cards} onAdd={(preset) => void add(preset)} />
        <Board
          sketch={sketch}
          chosen={chosen}
          cardOf={builder.cardOf}
          onChoose={choose}
          onPreset={(preset, at) => void add(preset, at)}
          onFiles={(paths) => void addFiles(paths)}
          onLink={link}
          onMoveEnd={moveEnd}
          onKeyDown={onKeyDown}
          onOpenJob={openJob}
        >
          {isEmpty && <EmptyBoard />}
        </Board>
        <aside className="pipeline-panel" aria-label={showsBatch ? 'The batch' : 'What is chosen'}>
          {job !== undefined ? (
            <JobPanel
              key={job.id}
              sketch={sketch}
              job={job}
              form={forms.formOf(job.preset)}
              formOf={forms.formOf}
              feeds={feedsOf(sketch, job.id, forms.formOf)}
              findings={findings.filter((finding) => finding.job === job.name)}
              onDuplicate={() => duplicate(chosen, choose)}
              onRemove={() => removeChosen(chosen, choose)}
            />
          ) : edge !== undefined ? (
            <LinkPanel sketch={sketch} edge={edge} onRemove={() => removeChosen(chosen, choose)} />
          ) : (
            <BatchPanel
              sketch={sketch}
              check={check}
              findings={findings}
              onJob={(name) => {
                const found = sketch.jobs.find((one) => one.name === name);
                if (found !== undefined) go(found.id);
              }}
            />
          )}
        </aside>
      </div>
    </div>
  );
}

/** Undo may have taken away what was chosen. */
function onlyThere(chosen: Chosen, { jobs, edges }: Sketch): Chosen {
  return {
    jobs: new Set(jobs.flatMap(({ id }) => (chosen.jobs.has(id) ? [id] : []))),
    edges: new Set(edges.flatMap(({ id }) => (chosen.edges.has(id) ? [id] : []))),
  };
}
