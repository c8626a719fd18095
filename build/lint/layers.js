/**
 * Who may import whom. The rooms are those of the README's "Where things are"; the first one that
 * fits a file is its room. A room may import itself and the rooms it names; `packages` lists what
 * it may take from outside of the project (missing: anything but Electron). Integration tests may also
 * import what starts real things for them.
 */
import { dirname, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** @type {readonly { name: string, files: RegExp, may: readonly string[], packages?: RegExp }[]} */
const rooms = [
  // Of words alone: for whoever finds that a name is mistyped.
  { name: 'names', files: /^shared\/nearest-name/, may: [] },
  { name: 'shared', files: /^shared\//, may: [], packages: /^(zod|vitest|fast-check)$/ },
  {
    name: 'renderer',
    files: /^renderer\//,
    may: ['shared', 'names'],
    packages:
      /^(react|react-dom|@mantine\/.*|@xyflow\/react|@tabler\/icons-react|@fontsource-variable\/.*|vitest|fast-check)(\/|$)/,
  },
  {
    name: 'time',
    files: /^electron\/engine\/time\//,
    may: ['shared'],
    packages: /^(croner|vitest|fast-check)$/,
  },
  {
    name: 'engine',
    files: /^electron\/engine\//,
    may: ['shared', 'time'],
    packages: /^(vitest|fast-check)$/,
  },
  // What whoever reads a file of a person needs: recipes and templates alike.
  {
    name: 'document',
    files: /^electron\/submit\/document\//,
    may: ['names'],
    packages: /^(yaml|node:.*|vitest|fast-check)$/,
  },
  // A library of its own, that knows nothing of Drover and could leave it.
  {
    name: 'openjd',
    files: /^electron\/submit\/openjd\//,
    may: ['document'],
    packages: /^(yaml|zod|node:.*|vitest|fast-check)$/,
  },
  { name: 'submit', files: /^electron\/submit\//, may: ['shared', 'time', 'document', 'openjd'] },
  { name: 'store', files: /^electron\/store\//, may: ['shared', 'engine'] },
  { name: 'nodes', files: /^electron\/nodes\//, may: ['shared', 'engine', 'lines'] },
  {
    name: 'checkpoints',
    files: /^electron\/checkpoints\//,
    may: ['shared', 'engine', 'lines', 'lock'],
    packages: /^(tinyglobby|zod|better-sqlite3|vitest|fast-check|node:.*)$/,
  },
  { name: 'report', files: /^electron\/report\//, may: ['shared'] },
  { name: 'lock', files: /^electron\/folder-lock/, may: [] },
  { name: 'lines', files: /^electron\/(line-splitter|text-lines|file-hash|inherited-environment)/, may: [] },
  {
    name: 'host',
    files:
      /^electron\/(host|background|farm-checkpoints|batch-outputs|batch-report|data-folder|repair|farm-nodes|giving-way|node-visits|secrets|forecasts|forks|interval-plans|output-folder|preflight|preset-shelf|sessions|submissions|system-clock)\b/,
    may: [
      'shared',
      'engine',
      'document',
      'openjd',
      'submit',
      'store',
      'nodes',
      'checkpoints',
      'report',
      'ipc',
      'lines',
      'lock',
    ],
  },
  {
    name: 'ipc',
    files: /^electron\/ipc\//,
    may: ['shared', 'engine', 'time', 'document', 'submit', 'nodes', 'host', 'lines'],
  },
  {
    name: 'cli',
    files: /^electron\/cli[./]/,
    may: ['shared', 'document', 'openjd', 'submit', 'host', 'ipc', 'lines', 'manifest'],
  },
  {
    name: 'desktop',
    files: /^electron\/(desktop\/|main\.ts|preload\.ts)/,
    may: ['shared', 'host', 'ipc', 'lines'],
    packages: /^(electron|zod|vitest|fast-check|node:.*)$/,
  },
  { name: 'manifest', files: /^package\.json$/, may: [] },
];

const forTests = /^build\/integration\//;
const isTest = /\.integration\.test\.ts$/;

const roomOf = (file) => rooms.find(({ files }) => files.test(file));

const layers = {
  meta: { type: 'problem', docs: { description: 'rooms import only the rooms below them' } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    const room = roomOf(file);
    if (room === undefined) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const message = source.startsWith('.') ? outside(room, file, source) : foreign(room, source);
      if (message !== null) context.report({ node: node.source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

function outside(room, file, source) {
  const target = relative(root, resolve(root, dirname(file), source))
    .split(sep)
    .join('/');
  if (isTest.test(file) && forTests.test(target)) return null;
  const other = roomOf(target) ?? roomOf(`${target}/`) ?? roomOf(`${target}.ts`);
  if (other === undefined) return `${room.name} imports ${target}, which is in no room`;
  if (other === room || room.may.includes(other.name)) return null;
  return `${room.name} may not import ${other.name} (${target}); it may import ${room.may.join(', ') || 'nothing else'}`;
}

function foreign(room, source) {
  const allowed = room.packages === undefined ? source !== 'electron' : room.packages.test(source);
  return allowed ? null : `${room.name} may not import ${source}`;
}

export default { meta: { name: 'drover' }, rules: { layers } };
