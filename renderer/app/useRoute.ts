import { useSyncExternalStore } from 'react';
import { hashOf, routeOf } from './route';
import type { Route } from './route';

let hash = window.location.hash;
let route = routeOf(hash);

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
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
}

/** Another page in the present one's place, so that "back" does not lead to it. */
export function replaceRoute(to: Route): void {
  window.location.replace(hashOf(to));
}
