/** `{{Name}}` in the texts of a Batch. */
export const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
