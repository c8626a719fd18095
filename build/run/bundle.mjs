import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../runtime/project.mjs';

/**
 * Sources as programs, since Node cannot read them as they are; with their names, so that a profile can be read.
 *
 * @param {string} name of a folder of out/
 * @param {Record<string, string>} entries files of the project, by the names of the programs
 */
export async function bundle(name, entries) {
  const { build } = await import('vite');
  const folder = join(projectFolder, 'out', name);
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(entries).map(([program, file]) => [program, join(projectFolder, file)]),
        ),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  return folder;
}

/** What a source exports. @param {string} name @param {string} file */
export async function loadBundled(name, file) {
  const folder = await bundle(name, { loaded: file });
  return import(pathToFileURL(join(folder, 'loaded.js')).href);
}
