import { useSyncExternalStore } from 'react';
import { hashOf, routeOf } from './route';
import type { Route } from './route';

let hash = window.location.hash;
let route = routeOf(hash);

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
window.addEventListener('hashchange', tell);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Route {
  if (hash !== window.location.hash) {
    hash = window.location.hash;
    route = routeOf(hash);
  }
  return route;
}

/** The page of the present address. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

export function navigate(to: Route): void {
  window.location.hash = hashOf(to);
  // The event comes a frame later.
  tell();
}

/** Another page in the present one's place, so that "back" does not lead to it. */
export function replaceRoute(to: Route): void {
  window.location.replace(hashOf(to));
  tell();
}
