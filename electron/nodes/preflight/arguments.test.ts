import { expect, test } from 'vitest';
import { inputArguments } from './arguments';

/** Those that are surely read with `!`, those that are if they are there with `?`. */
function inputs(command: string): string {
  const [program = '', ...given] = command.split(' ').map((word) => (word === '…' ? null : word));
  return inputArguments(program ?? '', given)
    .map(({ index, isSure }) => `${given[index] ?? '…'}${isSure ? '!' : '?'}`)
    .join(' ');
}

test.each([
  ['python3 -u bake.py scene.json', 'bake.py! scene.json?'],
  ['/usr/bin/python3.12 bake.py', 'bake.py!'],
  ['python3 -m http.server', 'http.server?'],
  ['python3 -c print()', 'print()?'],
  ['bash -eu ./melt.sh 3', './melt.sh! 3?'],
  ['bash -c x', 'x?'],
  ['sh …', ''],
  ['drover-node render.mjs', 'render.mjs!'],
  ['blender -b shot.blend -P setup.py -f 3', 'shot.blend! setup.py! 3?'],
  ['blender -b -P setup.py', 'setup.py!'],
  ['povray shot.ini scene.pov +W100', 'scene.pov!'],
  ['povray +L/scenes scene.pov', ''],
  ['ffmpeg -y -i frame_%04d.png -i sound.wav film.mp4', 'frame_%04d.png! sound.wav!'],
  ['ffmpeg -f lavfi -i testsrc film.mp4', ''],
  ['gmx mdrun -s argon.tpr -c made.gro', 'argon.tpr!'],
  ['gmx grompp -f md.mdp -c start.gro -o argon.tpr', 'md.mdp! start.gro!'],
  ['lmp -in in.melt -log log.melt', 'in.melt!'],
  ['cp a b', 'a?'],
  ['mkdir results', ''],
  ['tool --in a.txt -o b.txt key=c.txt', 'a.txt?'],
])('%s', (command, expected) => {
  expect(inputs(command)).toBe(expected);
});
