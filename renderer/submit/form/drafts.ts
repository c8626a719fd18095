/** What was typed and neither submitted nor discarded, also after Drover was closed. */
import { useSyncExternalStore } from 'react';
import type { Form, FormWish } from '../../../shared/ipc/forms';
import type { Instead } from '../../../shared/model/submission';
import type { Draft } from './draft';

export interface KeptDraft {
  readonly wish: FormWish;
  readonly title: string;
  readonly kind: Form['kind'];
  readonly picture: string | null;
  /** Only what the person has changed: the rest is as it is when the form is opened again. */
  readonly values: Readonly<Record<string, string>>;
  readonly instead: Instead;
  readonly at: number;
}

const most = 12;
const place = 'drover.drafts';

/** The shape of what is kept may change with Drover: then what is there is let go. */
interface Kept {
  readonly version: 1;
  readonly drafts: readonly KeptDraft[];
}

export const wishKey = (wish: FormWish): string => JSON.stringify(wish);

let drafts: readonly KeptDraft[] = read();
const listeners = new Set<() => void>();

function read(): readonly KeptDraft[] {
  try {
    const kept: Kept | null = JSON.parse(localStorage.getItem(place) ?? 'null');
    return kept?.version === 1 ? kept.drafts : [];
  } catch {
    return [];
  }
}

function set(changed: readonly KeptDraft[]): void {
  drafts = changed;
  const kept: Kept = { version: 1, drafts };
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // There is no more room: it is kept until the window closes.
  }
  for (const listener of listeners) listener();
}

const without = (wish: FormWish): readonly KeptDraft[] =>
  drafts.filter((kept) => wishKey(kept.wish) !== wishKey(wish));

export const draftOf = (wish: FormWish): KeptDraft | null =>
  drafts.find((kept) => wishKey(kept.wish) === wishKey(wish)) ?? null;

export function keepDraft(wish: FormWish, { form, values, touched, instead }: Draft): void {
  const { title, kind, picture } = form;
  const typed = Object.fromEntries(touched.map((name) => [name, values[name] ?? '']));
  const kept: KeptDraft = { wish, title, kind, picture, values: typed, instead, at: Date.now() };
  set([kept, ...without(wish)].slice(0, most));
}

export function forgetDraft(wish: FormWish): void {
  if (draftOf(wish) !== null) set(without(wish));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The newest first. */
export const useDrafts = (): readonly KeptDraft[] => useSyncExternalStore(subscribe, () => drafts);
