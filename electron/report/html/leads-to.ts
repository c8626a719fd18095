import { pathToFileURL } from 'node:url';
import { escape } from './escape';

/** A page that stands where another was, and leads to where that is now. */
export function pageThatLeadsTo(path: string, name: string): string {
  const address = escape(pathToFileURL(path).href);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0;url=${address}">
<title>${escape(name)}</title></head>
<body><p>It has ended: <a href="${address}">the last report of ${escape(name)}</a></p></body></html>
`;
}
