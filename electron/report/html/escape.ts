const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text as text, between tags and in quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A path below the report's folder as the address of a link. */
export function address(path: string): string {
  // Without ./ a name such as javascript:x.png would be more than a name.
  return escape(`./${path.split('/').map(encodeURIComponent).join('/')}`);
}
