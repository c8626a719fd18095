const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Signs that have no picture, and those that let text read in another order than it stands. */
const unseen = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Any text as text, between tags and in quoted attributes. */
export function escape(text: string): string {
  return text.replace(unseen, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Where a path of the output folder is found from the page. */
export type AddressOf = (path: string) => string;

/** A path below the page's own folder as the address of a link. */
export function addressBeside(path: string): string {
  // Without ./ a name such as javascript:x.png would be more than a name.
  return escape(`./${path.split('/').map(encodeURIComponent).join('/')}`);
}
