import { useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { AttemptPlace } from '../../../shared/ipc/job';
import { request } from '../../live/request';
import { LogFinder, nothingSought } from '../../ui/log/finder';
import type { OpenSearch } from '../../ui/log/LogSearch';
import type { LogTarget } from '../../ui/log/LogView';
import { tellRefusal } from '../../ui/tell';

/** In milliseconds: who types on is not searched for yet, and what a log grows by is counted now and then. */
const untilSearched = 150;
const untilCounted = 1000;

interface LogSearching {
  /** Null: nobody searches. */
  readonly search: OpenSearch | null;
  /** The match that the view has to show. */
  readonly target: LogTarget | null;
  open(this: void): void;
}

/** @param near where the person is in the log; null: at its end */
export function useLogSearch(
  place: AttemptPlace,
  size: number,
  near: RefObject<number | null>,
  show: (at: number) => Promise<void>,
): LogSearching {
  const { job, step, task, attempt } = place;
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [finding, setFinding] = useState(nothingSought);
  const [target, setTarget] = useState<LogTarget | null>(null);
  const finder = useMemo(
    () =>
      new LogFinder(async (wish) => {
        const answer = await request('log.search', {
          ...{ job, step, task, ...wish, withLines: false },
          ...(attempt === undefined ? {} : { attempt }),
        });
        if (answer.ok) return answer.value;
        tellRefusal('search the log', answer.refusal);
        return null;
      }, setFinding),
    [job, step, task, attempt],
  );
  useEffect(() => () => finder.close(), [finder]);

  useEffect(() => {
    const timer = setTimeout(() => void finder.find(isOpen ? text : '', near.current), untilSearched);
    return () => clearTimeout(timer);
  }, [finder, isOpen, text, near]);

  const isBehind = isOpen && finding.isCounted && !finding.isBusy;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => void finder.grown(), untilCounted);
    return () => clearTimeout(timer);
  }, [finder, isBehind, size]);

  const showNow = useRef(show);
  useEffect(() => {
    showNow.current = show;
  });
  const { at, visits } = finding;
  useEffect(() => {
    if (at === null) return undefined;
    let isWanted = true;
    void showNow.current(at).then(() => {
      if (isWanted) setTarget({ at });
    });
    return () => {
      isWanted = false;
    };
  }, [at, visits]);

  const search: OpenSearch = {
    text,
    finding,
    onText: setText,
    onStep: (direction) => void finder.step(direction),
    onClose: () => setOpen(false),
  };
  return { search: isOpen ? search : null, target, open: () => setOpen(true) };
}
