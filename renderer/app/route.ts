/** The pages and their addresses behind the `#`. Notifications and other programs use them too. */
import type { FormWish } from '../../shared/ipc/forms';
import type { BatchId, JobId, NodeId } from '../../shared/model/ids';
import { sectionIds } from '../settings/sections';
import type { SectionId } from '../settings/sections';

export type Route =
  | { readonly page: 'queue' }
  | { readonly page: 'batch'; readonly batch: BatchId }
  /** With a job: that one is in the middle. */
  | { readonly page: 'graph'; readonly batch: BatchId; readonly job: JobId | null }
  /** With a step: the tasks of that one. */
  | { readonly page: 'job'; readonly job: JobId; readonly step?: number }
  | { readonly page: 'nodes' }
  | { readonly page: 'activity' }
  | { readonly page: 'checkpoints' }
  /** With a job: that one stands out. */
  | { readonly page: 'timeline'; readonly job: JobId | null }
  | { readonly page: 'node'; readonly node: NodeId }
  | { readonly page: 'addNode' }
  | { readonly page: 'settings'; readonly section: SectionId }
  /** What is to be submitted, one after the other; none: it is chosen there. */
  | { readonly page: 'submit'; readonly wishes: readonly FormWish[] }
  /** A batch is put together there; with a recipe: of that one. */
  | { readonly page: 'pipeline'; readonly file: string | null }
  | { readonly page: 'unknown'; readonly address: string };

export function routeOf(hash: string): Route {
  const address = hash.replace(/^#/, '');
  const unknown: Route = { page: 'unknown', address };
  const [path, query = ''] = splitOnce(address, '?');
  const [, page = '', rest, ...more] = path.split('/');
  const name = rest === undefined ? undefined : decoded(rest);
  if (page === 'batch' && more.length === 1 && more[0] === 'graph' && name !== undefined && isBatchId(name)) {
    const job = new URLSearchParams(query).get('job');
    return { page: 'graph', batch: name, job: job !== null && isJobId(job) ? job : null };
  }
  if (more.length > 0) return unknown;
  if (page === 'job') {
    if (name === undefined || !isJobId(name)) return unknown;
    const step = new URLSearchParams(query).get('step');
    return { page, job: name, ...(step !== null && /^\d{1,9}$/.test(step) ? { step: Number(step) } : {}) };
  }
  if (page === 'batch') return name !== undefined && isBatchId(name) ? { page, batch: name } : unknown;
  if (page === 'node') return name !== undefined && name !== '' ? { page, node: name } : unknown;
  if (page === 'settings') {
    const section = name === undefined || name === '' ? sectionIds[0] : sectionIds.find((id) => id === name);
    return section === undefined ? unknown : { page, section };
  }
  if (name !== undefined && name !== '') return unknown;
  if (page === 'submit') return { page, wishes: wishesOf(new URLSearchParams(query)) };
  if (page === 'pipeline') return { page, file: new URLSearchParams(query).get('file') };
  if (page === 'timeline') {
    const job = new URLSearchParams(query).get('job');
    return { page, job: job !== null && isJobId(job) ? job : null };
  }
  if (page === 'nodes' || page === 'activity' || page === 'checkpoints') return { page };
  if (page === 'add-node') return { page: 'addNode' };
  return page === 'queue' || page === '' ? { page: 'queue' } : unknown;
}

export function hashOf(route: Route): string {
  switch (route.page) {
    case 'queue':
    case 'nodes':
    case 'activity':
    case 'checkpoints':
      return `#/${route.page}`;
    case 'timeline':
      return `#/timeline${route.job === null ? '' : `?job=${encodeURIComponent(route.job)}`}`;
    case 'node':
      return `#/node/${encodeURIComponent(route.node)}`;
    case 'settings':
      return `#/settings/${route.section}`;
    case 'addNode':
      return '#/add-node';
    case 'batch':
      return `#/batch/${encodeURIComponent(route.batch)}`;
    case 'graph':
      return `#/batch/${encodeURIComponent(route.batch)}/graph${route.job === null ? '' : `?job=${encodeURIComponent(route.job)}`}`;
    case 'job':
      return `#/job/${encodeURIComponent(route.job)}${route.step === undefined ? '' : `?step=${route.step}`}`;
    case 'submit':
      return route.wishes.length === 0 ? '#/submit' : `#/submit?${route.wishes.map(wishQuery).join('&')}`;
    case 'pipeline':
      return `#/pipeline${route.file === null ? '' : `?file=${encodeURIComponent(route.file)}`}`;
    case 'unknown':
      return `#${route.address}`;
  }
}

export const jobHash = (job: JobId): string => hashOf({ page: 'job', job });
export const nodeHash = (node: NodeId): string => hashOf({ page: 'node', node });
export const batchHash = (batch: BatchId): string => hashOf({ page: 'batch', batch });

/** Several files may be named; of anything else there is one. */
function wishesOf(query: URLSearchParams): readonly FormWish[] {
  const [preset, command, batch] = [query.get('preset'), query.get('command'), query.get('batch')];
  if (preset !== null) return [{ kind: 'preset', preset, file: query.get('for') }];
  if (command !== null) return [{ kind: 'command', text: command, folder: query.get('folder') }];
  if (batch !== null && isBatchId(batch)) return [{ kind: 'batch', batch }];
  return query.getAll('file').map((path) => ({ kind: 'file', path }));
}

function wishQuery(wish: FormWish): string {
  const pair = (name: string, value: string | null): string =>
    value === null ? '' : `${name}=${encodeURIComponent(value)}`;
  const pairs = (...all: readonly string[]): string => all.filter((one) => one !== '').join('&');
  switch (wish.kind) {
    case 'preset':
      return pairs(pair('preset', wish.preset), pair('for', wish.file));
    case 'file':
      return pair('file', wish.path);
    case 'command':
      return pairs(pair('command', wish.text), pair('folder', wish.folder));
    case 'batch':
      return pair('batch', wish.batch);
  }
}

export const isJobId = (text: string): text is JobId => /^b\d+\../.test(text);
const isBatchId = (text: string): text is BatchId => /^b\d+$/.test(text);

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
