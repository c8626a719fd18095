import { delimiter } from 'node:path';

/** What work inherits: the person's environment without what Drover's own start has added. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const own = /^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|INIT_CWD|npm_.*|DROVER_(DATA|RUNTIME|ELECTRON|PACKED))$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !/[\\/](node_modules[\\/]\.bin|node-gyp-bin)$/.test(folder));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
