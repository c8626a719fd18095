/** The pages and their addresses behind the `#`. Notifications and other programs use them too. */
import type { BatchId, JobId, NodeId } from '../../shared/model/ids';

export type Route =
  | { readonly page: 'queue' }
  | { readonly page: 'batch'; readonly batch: BatchId }
  | { readonly page: 'job'; readonly job: JobId }
  | { readonly page: 'nodes' }
  | { readonly page: 'node'; readonly node: NodeId }
  | { readonly page: 'addNode' }
  | { readonly page: 'submit'; readonly file: string | null }
  | { readonly page: 'unknown'; readonly address: string };

export function routeOf(hash: string): Route {
  const address = hash.replace(/^#/, '');
  const unknown: Route = { page: 'unknown', address };
  const [path, query = ''] = splitOnce(address, '?');
  const [, page = '', rest, ...more] = path.split('/');
  if (more.length > 0) return unknown;
  const name = rest === undefined ? undefined : decoded(rest);
  if (page === 'job') return name !== undefined && isJobId(name) ? { page, job: name } : unknown;
  if (page === 'batch') return name !== undefined && isBatchId(name) ? { page, batch: name } : unknown;
  if (page === 'node') return name !== undefined && name !== '' ? { page, node: name } : unknown;
  if (name !== undefined && name !== '') return unknown;
  if (page === 'submit') return { page, file: new URLSearchParams(query).get('file') };
  if (page === 'nodes') return { page };
  if (page === 'add-node') return { page: 'addNode' };
  return page === 'queue' || page === '' ? { page: 'queue' } : unknown;
}

export function hashOf(route: Route): string {
  switch (route.page) {
    case 'queue':
    case 'nodes':
      return `#/${route.page}`;
    case 'node':
      return `#/node/${encodeURIComponent(route.node)}`;
    case 'addNode':
      return '#/add-node';
    case 'batch':
      return `#/batch/${encodeURIComponent(route.batch)}`;
    case 'job':
      return `#/job/${encodeURIComponent(route.job)}`;
    case 'submit':
      return route.file === null ? '#/submit' : `#/submit?file=${encodeURIComponent(route.file)}`;
    case 'unknown':
      return `#${route.address}`;
  }
}

export const jobHash = (job: JobId): string => hashOf({ page: 'job', job });
export const nodeHash = (node: NodeId): string => hashOf({ page: 'node', node });
export const batchHash = (batch: BatchId): string => hashOf({ page: 'batch', batch });

const isJobId = (text: string): text is JobId => /^b\d+\../.test(text);
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
