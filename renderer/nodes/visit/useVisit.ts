import { useEffect, useRef, useState } from 'react';
import type { Answer } from '../../../shared/ipc/messages';
import { noAnswers, type NodeAnswers } from '../../../shared/ipc/nodes';
import { visitFrom, type Visit } from './progress';

export type GoThere = (answers: NodeAnswers) => Promise<Answer<'node.try' | 'node.add' | 'node.connect'>>;

export interface Visiting {
  readonly visit: Visit;
  /** Goes there with all that was answered; the same way again with each answer. `onFound`: it worked, and somebody still waits. */
  go(this: void, way: GoThere, onFound: () => void): void;
  trust(this: void, fingerprint: string): void;
  tell(this: void, id: string, secret: string): void;
  /** Forgets what was found and what was answered. */
  forget(this: void): void;
}

interface Way {
  readonly go: GoThere;
  readonly onFound: () => void;
}

const nothing: Visit = { kind: 'none' };

/** A connection that is tried until all is answered. What was answered is gone with the dialog that uses this. */
export function useVisit(): Visiting {
  const [visit, setVisit] = useState(nothing);
  const answers = useRef(noAnswers);
  const way = useRef<Way | null>(null);
  /** Counts what was asked for: an answer to something earlier is not shown. */
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current = -1;
      answers.current = noAnswers;
    },
    [],
  );

  const repeat = async (): Promise<void> => {
    if (way.current === null) return;
    const { go, onFound } = way.current;
    const mine = ++turn.current;
    setVisit({ kind: 'going' });
    const answer = await go(answers.current);
    if (mine !== turn.current) return;
    setVisit(visitFrom(answer));
    if (answer.ok && answer.value.kind === 'found') onFound();
  };
  const answered = (more: NodeAnswers): void => {
    answers.current = more;
    void repeat();
  };
  return {
    visit,
    go: (go, onFound) => {
      way.current = { go, onFound };
      void repeat();
    },
    trust: (fingerprint) => {
      const { hostKeys, secrets } = answers.current;
      answered({ hostKeys: [...hostKeys, fingerprint], secrets });
    },
    tell: (id, secret) => {
      const { hostKeys, secrets } = answers.current;
      answered({ hostKeys, secrets: { ...secrets, [id]: secret } });
    },
    forget: () => {
      turn.current++;
      answers.current = noAnswers;
      setVisit(nothing);
    },
  };
}
