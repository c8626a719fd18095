import { describe, expect, it } from 'vitest';
import { hashOf, routeOf } from './route';
import type { Route } from './route';

describe('routes', () => {
  const routes: readonly Route[] = [
    { page: 'queue' },
    { page: 'nodes' },
    { page: 'activity' },
    { page: 'checkpoints' },
    { page: 'timeline', job: null },
    { page: 'timeline', job: 'b7.melt' },
    { page: 'node', node: 'local' },
    { page: 'node', node: 'a/b ?#%ü' },
    { page: 'addNode' },
    { page: 'settings', section: 'order' },
    { page: 'pipeline', file: null },
    { page: 'pipeline', file: '/a b&c.yaml' },
    { page: 'batch', batch: 'b7' },
    { page: 'graph', batch: 'b7', job: null },
    { page: 'graph', batch: 'b7', job: 'b7.a/b ?#%ü' },
    { page: 'job', job: 'b7.melt' },
    { page: 'job', job: 'b7.a/b ?#%ü' },
    { page: 'submit', wishes: [] },
    { page: 'submit', wishes: [{ kind: 'file', path: '/home/ada/a b&c=d?.yaml' }] },
    {
      page: 'submit',
      wishes: [
        { kind: 'file', path: '/a.blend' },
        { kind: 'file', path: '/ü&+ b.blend' },
      ],
    },
    { page: 'submit', wishes: [{ kind: 'preset', preset: 'blender', file: null }] },
    { page: 'submit', wishes: [{ kind: 'preset', preset: 'own/quick look', file: '/a b.blend' }] },
    { page: 'submit', wishes: [{ kind: 'command', text: 'a -b "c&d=e"\n+1 %', folder: null }] },
    { page: 'submit', wishes: [{ kind: 'command', text: '', folder: '/home/ada' }] },
    { page: 'submit', wishes: [{ kind: 'batch', batch: 'b7' }] },
  ];
  it.each(routes)('comes back from its address: %o', (route) => {
    expect(routeOf(hashOf(route))).toEqual(route);
  });

  it('begins with the queue', () => {
    expect(routeOf('')).toEqual({ page: 'queue' });
    expect(routeOf('#/')).toEqual({ page: 'queue' });
    expect(routeOf('#/settings')).toEqual({ page: 'settings', section: 'nodes' });
  });

  it.each([
    '#/job',
    '#/job/melt',
    '#/node',
    '#/job/%ff',
    '#/batch/b',
    '#/batch/b1/x',
    '#/elsewhere',
    '#/queue/x',
    '#/settings/x',
  ])('does not know %s', (hash) => {
    expect(routeOf(hash).page).toBe('unknown');
  });
});
