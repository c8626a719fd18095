import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, makeOnce } from './cache.mjs';
import { runQuietly } from './command.mjs';
import { withProgress } from './progress.mjs';
import { fingerprint, requireFromProject } from './project.mjs';
import { ensureCompiler } from './system.mjs';

const header = fileURLToPath(new URL('strings-on-node-api-9.h', import.meta.url));

/** To be raised when a change below makes the compiled binary another one. */
const compilation = 1;

/**
 * better-sqlite3 brings binaries for Node-API 10. The registry's Electron has Node-API 9, so for it the same
 * sources are compiled once, with one header in front; the result also runs on newer Electrons and Nodes.
 * It goes where better-sqlite3 looks before its own binaries.
 *
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {import('./progress.mjs').Log} log
 */
export async function ensureDatabase(runtime, log) {
  const folder = dirname(requireFromProject.resolve('better-sqlite3/package.json'));
  const place = join(folder, 'build', 'Release', 'better_sqlite3.node');
  if (runtime.kind === 'official') return rm(place, { force: true });

  const { version } = requireFromProject('better-sqlite3/package.json');
  const recipe = fingerprint(`${compilation}\n${readFileSync(header, 'utf8')}`);
  const name = `better-sqlite3-${version}-node-api-9-${process.platform}-${process.arch}-${recipe}.node`;
  const compiled = await makeOnce(join(cacheFolder, 'runtime', name), log, async (workFolder) => {
    await ensureCompiler(log);
    const binary = await withProgress(
      `Compiling better-sqlite3 ${version} for Electron ${runtime.version}`,
      log,
      () => compile(folder, workFolder),
    );
    await tryOut(folder, binary, runtime);
    return binary;
  });
  await putInPlace(compiled, place);
}

/** What better-sqlite3's binding.gyp says for Linux, without node-gyp: two files and a link. @param {string} folder @param {string} workFolder */
async function compile(folder, workFolder) {
  const sqlite = join(folder, 'deps', 'sqlite3');
  const sqliteDefines = [
    ...readFileSync(join(folder, 'deps', 'defines.gypi'), 'utf8').matchAll(
      /^\s*'([A-Z0-9_]+(?:=[^']*)?)',$/gm,
    ),
  ];
  const common = [
    '-c',
    '-O2',
    '-fPIC',
    '-pthread',
    '-DNDEBUG',
    '-D_LARGEFILE_SOURCE',
    '-D_FILE_OFFSET_BITS=64',
    `-I${sqlite}`,
  ];
  const addonApi = createRequire(join(folder, 'package.json'))('node-addon-api').include_dir;
  const nodeApi = requireFromProject('node-api-headers').include_dir;
  const addonObject = join(workFolder, 'better_sqlite3.o');
  const sqliteObject = join(workFolder, 'sqlite3.o');
  const binary = join(workFolder, 'better_sqlite3.node');

  await Promise.all([
    run('gcc', [
      ...common,
      ...sqliteDefines.map(([, define]) => `-D${define}`),
      '-std=c99',
      '-w',
      join(sqlite, 'sqlite3.c'),
      '-o',
      sqliteObject,
    ]),
    run('g++', [
      ...common,
      '-DNAPI_VERSION=9',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DBUILDING_NODE_EXTENSION',
      '-DNODE_GYP_MODULE_NAME=better_sqlite3',
      `-I${addonApi}`,
      `-I${nodeApi}`,
      '-include',
      header,
      '-std=c++20',
      '-fvisibility=hidden',
      '-fvisibility-inlines-hidden',
      '-fno-rtti',
      '-fno-exceptions',
      join(folder, 'src', 'better_sqlite3.cpp'),
      '-o',
      addonObject,
    ]),
  ]);
  const linking = ['-shared', '-pthread', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-s'];
  await run('g++', [...linking, addonObject, sqliteObject, '-ldl', '-o', binary]);
  return binary;
}

/** @param {string} compiler @param {string[]} compilerArguments */
async function run(compiler, compilerArguments) {
  const { status, output } = await runQuietly(compiler, compilerArguments);
  if (status !== 0) throw new Error(`${compiler} could not compile better-sqlite3:\n${output}`);
}

/** Only a binary that works in the runtime is kept. @param {string} folder @param {string} binary @param {import('./runtime.mjs').Runtime} runtime */
async function tryOut(folder, binary, runtime) {
  const script = `
    const Database = require(${JSON.stringify(folder)});
    const database = new Database(':memory:', { nativeBinding: ${JSON.stringify(binary)} });
    if (database.prepare('select ? as word').get('drover').word !== 'drover') process.exit(1);`;
  const { status, output } = await runQuietly(runtime.executable, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (status !== 0)
    throw new Error(`better-sqlite3 was compiled but does not run in ${runtime.executable}:\n${output}`);
}

/** @param {string} compiled @param {string} place */
async function putInPlace(compiled, place) {
  if (existsSync(place) && (await readFile(place)).equals(await readFile(compiled))) return;
  await mkdir(dirname(place), { recursive: true });
  const beside = `${place}.${process.pid}`;
  await copyFile(compiled, beside);
  await rename(beside, place); // a process that has the old one loaded keeps it
}
