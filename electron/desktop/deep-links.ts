/** Links that other programs open Drover with: `drover://job/b7.melt`, `drover://batch/b7`, `drover://node/NAME`. */

export type DeepLink =
  | { readonly kind: 'job'; readonly id: string }
  | { readonly kind: 'batch'; readonly id: string }
  /** Its id or its name. */
  | { readonly kind: 'node'; readonly id: string };

const shape = /^drover:\/\/(job|batch|node)\/([^/?#\s]{1,2000})\/?$/i;
const ids = {
  job: /^b\d{1,15}\.[^\p{Cc}]{1,200}$/u,
  batch: /^b\d{1,15}$/,
  node: /^[^\p{Cc}]{1,300}$/u,
} as const;

export const isLink = (text: string): boolean => /^drover:/i.test(text);

/** Anybody may write a link: it leads to a page or it is null, and never does anything. */
export function readLink(text: string): DeepLink | null {
  const [, what = '', encoded = ''] = shape.exec(text) ?? [];
  const kind = (['job', 'batch', 'node'] as const).find((one) => one === what.toLowerCase());
  if (kind === undefined) return null;
  let id: string;
  try {
    id = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  return ids[kind].test(id) ? { kind, id } : null;
}

/** The page in the window. */
export const routeOfLink = ({ kind, id }: DeepLink): string => `#/${kind}/${encodeURIComponent(id)}`;
