import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** What the linter says of a file with this line in a folder of a room. */
function lint(room: string, line: string, name = 'example.ts'): string {
  const folder = mkdtempSync(join(root, room, 'lint-'));
  made.push(folder);
  const file = join(folder, name);
  writeFileSync(file, `${line}\n`);
  try {
    return execFileSync('node', [join(root, 'node_modules/oxlint/bin/oxlint'), file], {
      cwd: root,
      encoding: 'utf8',
    });
  } catch (error) {
    return String(error instanceof Error && 'stdout' in error ? error.stdout : error);
  }
}

test.each([
  ['shared', `import '../../electron/host';`, 'shared may not import host'],
  ['renderer', `import '../../electron/ipc/rows';`, 'renderer may not import ipc'],
  ['renderer', `import 'node:fs';`, 'renderer may not import node:fs'],
  ['electron/engine', `import '../../store/memory/store';`, 'engine may not import store'],
  ['electron/engine', `import 'node:fs';`, 'engine may not import node:fs'],
  ['electron/checkpoints', `import '../../nodes/places';`, 'checkpoints may not import nodes'],
  ['electron/store', `import 'electron';`, 'store may not import electron'],
  ['electron/submit/openjd', `import '../../units';`, 'openjd may not import submit'],
  ['electron/submit/openjd', `import '../../../../shared/model/ids';`, 'openjd may not import shared'],
  ['electron/submit/openjd', `import 'croner';`, 'openjd may not import croner'],
  ['electron/submit', `export * from '../../engine/state';`, 'submit may not import engine'],
])('in %s, %s is an error', (room, line, message) => {
  expect(lint(room, line)).toContain(message);
});

test('a room may import what lies below it', () => {
  expect(lint('electron/engine', `import '../../../shared/model/states';`)).not.toContain('may not');
});

test('the library of templates may import what reads files, and no other folder', () => {
  expect(lint('electron/submit/openjd', `import '../../document/read';`)).not.toContain('may not');
});

test('only integration tests may import what starts real things for them', () => {
  const line = `import '../../../build/integration/farm';`;
  expect(lint('electron/nodes', line)).toContain('which is in no room');
  expect(lint('electron/nodes', line, 'example.integration.test.ts')).not.toContain('no room');
});
