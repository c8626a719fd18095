import { net, protocol } from 'electron';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pictureResponse, type PictureSource } from './result-pictures';

/** The window's pages come over a protocol of their own: no file:// and no web server. */
export const appOrigin = 'app://drover';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Mantine computes styles; scripts stay forbidden
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Before the app is ready. */
export function declareProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer, nothing outside of its folder, and the pictures among the results of batches. */
export function serveProtocol(folder: string, pictures: PictureSource): void {
  protocol.handle('app', async (request) => {
    try {
      const { host, pathname } = new URL(request.url);
      if (host === 'drover' && request.method === 'GET' && pathname.startsWith('/results/'))
        return (await pictureResponse(pathname, pictures)) ?? refuse(404);
      const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
      const isInside = path.startsWith(folder + sep) && !path.includes('\0');
      if (host !== 'drover' || request.method !== 'GET' || !isInside) return refuse(403);
      const file = await net.fetch(pathToFileURL(path).toString());
      const headers = new Headers(file.headers);
      headers.set('Content-Security-Policy', policy);
      headers.set('X-Content-Type-Options', 'nosniff');
      return new Response(file.body, { status: file.status, headers });
    } catch {
      // Not there, or not even a path.
      return refuse(404);
    }
  });
}

const refuse = (status: number): Response => new Response(null, { status });
