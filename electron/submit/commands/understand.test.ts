import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from './understand';

interface Told {
  readonly preset: string;
  readonly file: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly lost: readonly string[];
}

function told(text: string, read: Readonly<Record<string, string>> = {}, folder = '/shots'): Told {
  const { preset, file, values, notes } = understand(text, folder, '/home/ada');
  return {
    ...{ preset, file, values: values(read) },
    lost: notes.flatMap((note) => (note.kind === 'lost' ? [note.text] : [])),
  };
}

describe('Blender', () => {
  it('is given its scene and frames', () => {
    expect(told('blender -b shot.blend -s 1 -e 100 -a')).toEqual({
      preset: 'blender',
      file: '/shots/shot.blend',
      values: { Frames: '1-100' },
      lost: [],
    });
  });

  it('takes from the file which frames are not said', () => {
    const inFile = { Frames: '10-250:2' };
    expect(told('blender -b a.blend -a', inFile).values).toEqual({});
    expect(told('blender -b a.blend -s 20 -a', inFile).values).toEqual({ Frames: '20-250:2' });
    expect(told('blender -b a.blend -j 5 -a', inFile).values).toEqual({ Frames: '10-250:5' });
    expect(told('blender -b a.blend -f 1,5..10', inFile).values).toEqual({ Frames: '1,5-10' });
    expect(told('blender -b a.blend -s 3 -a').values).toEqual({});
  });

  it('is given engine, format, output and scene, and says what is left', () => {
    const text =
      '/opt/blender/blender -b ~/a.blend -S Main -E CYCLES -F OPEN_EXR -o //out/f_#### -t 8 -P x.py -f 3 -- --cycles-device OPTIX';
    expect(told(text)).toEqual({
      preset: 'blender',
      file: '/home/ada/a.blend',
      values: {
        SceneName: 'Main',
        Engine: 'Cycles',
        Format: 'OpenEXR',
        OutputDir: '/home/ada/out',
        Name: 'f_####',
        Frames: '3',
        Program: '/opt/blender/blender',
      },
      lost: ['-t 8', '-P x.py', '-- --cycles-device OPTIX'],
    });
  });
});

describe('POV-Ray', () => {
  it('is given scene, size and frames', () => {
    expect(told('povray +Iscene.pov +W640 +SF1 +EF24')).toEqual({
      preset: 'povray',
      file: '/shots/scene.pov',
      values: { Width: '640', FirstFrame: '1', LastFrame: '24' },
      lost: [],
    });
  });

  it('hands on what has no field', () => {
    const { values, lost } = told(
      'povray shot.ini Width=800 +H600 +A0.05 +AM3 +FJ +KC -D +L/inc +Lown +UA "Declare=a b" +Oout/pic_.jpg',
    );
    expect(values).toEqual({
      ...{ Width: '800', Height: '600', Antialiasing: 'best', Format: 'JPEG', Cyclic: 'yes' },
      ...{ OutputDir: '/shots/out', Name: 'pic_' },
      Options: '+AM3 +L/inc +L/shots/own +UA',
    });
    expect(lost).toEqual(['Declare=a b']);
  });

  it('keeps the clock of a part of an animation', () => {
    expect(told('povray +Ia.pov +KFI0 +KFF100 +KI0 +KF2 +SF25 +EF75').values).toEqual({
      ...{ FirstFrame: '25', LastFrame: '75', FirstClock: '0.5', LastClock: '1.5' },
    });
    expect(told('povray +Ia.pov +KFF10').values).toEqual({ LastFrame: '10' });
  });
});

describe('simulations', () => {
  it('GROMACS goes on where its files are', () => {
    expect(told('gmx mdrun -deffnm run/x -v -cpi run/x.cpt -nt 4 -pin on -nb gpu')).toEqual({
      preset: 'gromacs',
      file: '/shots/run/x.tpr',
      values: { GraphicsCards: '1', OutputDir: '/shots/run', Name: 'x', Options: '-pin on -nb gpu' },
      lost: ['-nt 4'],
    });
    expect(told('gmx grompp -f md.mdp').preset).toBe('shell');
  });

  it('LAMMPS gets its variables', () => {
    expect(told('mpirun -np 4 lmp -in melt/in.melt -var steps 6000 -var x -1 2 -sf omp -log none')).toEqual({
      preset: 'lammps',
      file: '/shots/melt/in.melt',
      values: {
        Folder: '/shots/melt',
        Input: 'in.melt',
        Variables: '-var steps 6000 -var x -1 2',
        Options: '-sf omp',
      },
      lost: ['4 processes by MPI', '-log none'],
    });
  });

  it('OpenFOAM is cut into as many parts', () => {
    expect(told('mpirun -np 4 simpleFoam -parallel -case cavity')).toEqual({
      preset: 'openfoam',
      file: '/shots/cavity',
      values: { Solver: 'simpleFoam', Processes: '4' },
      lost: [],
    });
  });
});

describe('films and scripts', () => {
  it('ffmpeg makes a film of numbered pictures', () => {
    const text =
      'ffmpeg -y -framerate 30000/1001 -i frames/shot_%05d.png -vf scale=1280:-2 -c:v libx265 -crf 20 -preset slow -pix_fmt yuv420p out/film.mkv';
    expect(told(text)).toEqual({
      preset: 'ffmpeg',
      file: null,
      values: {
        ...{ Folder: '/shots/frames', Names: 'shot_#####.png', Rate: '29.97', Width: '1280' },
        ...{ Format: 'H.265', Quality: '20', OutputDir: '/shots/out', Name: 'film', Options: '-preset slow' },
      },
      lost: ['film.mkv: the film becomes film.mp4'],
    });
  });

  it.each([
    'ffmpeg -i a.mp4 b.webm',
    'ffmpeg -i f_%04d.png -i sound.wav film.mp4',
    'ffmpeg -i f_%04d.png -c:v libaom-av1 film.mkv',
    'python -m http.server',
    'python3 -c "print(1)"',
    './run.sh',
    'lmp -h',
  ])('%s is a command of the shell', (text) => {
    expect(told(text)).toEqual({
      preset: 'shell',
      file: null,
      values: { Command: text, Folder: '/shots' },
      lost: [],
    });
  });

  it('Python gets its arguments', () => {
    expect(told("python3 -u train.py --name 'a b' --epochs 20")).toMatchObject({
      preset: 'python',
      file: '/shots/train.py',
      values: { Arguments: "--name 'a b' --epochs 20", RunIn: 'folder of the script' },
    });
  });
});

it('what starts a command is not carried over, and said', () => {
  expect(told('OMP_NUM_THREADS=4 nice -n 10 blender -b a.blend -f 1').lost).toEqual([
    'OMP_NUM_THREADS=4',
    'nice -n 10',
  ]);
});

it('what only a shell understands is left to it, with the reason', () => {
  const { preset, values, notes } = understand('$ for i in 1 2; do echo $i; done', null, '/home/ada');
  expect(preset).toBe('shell');
  expect(values({})).toEqual({ Command: 'for i in 1 2; do echo $i; done' });
  expect(notes).toEqual([{ kind: 'read', text: expect.stringContaining('several commands') }]);
});

it('any words are understood somehow', () => {
  const word = constantFrom(
    ...['blender', 'povray', 'gmx', 'mdrun', 'lmp', 'ffmpeg', 'python3', 'simpleFoam', 'mpirun', 'nice'],
    ...[
      '-b',
      '-s',
      '-e',
      '-f',
      '-o',
      '-i',
      '-in',
      '-var',
      '-np',
      '-n',
      '-crf',
      '-case',
      '--',
      '-deffnm',
      '-s',
    ],
    ...[
      '+I',
      '+KFF',
      '+SF',
      '+EF',
      '+A',
      '-A',
      '+O',
      'a.blend',
      'x_%d.png',
      '12',
      '-1',
      "''",
      'Width=',
      '=',
      '/',
    ],
  );
  assert(
    property(array(word), (all) => {
      const { values, preset } = understand(all.join(' '), '/f', '/h');
      expect(preset).not.toBe('');
      for (const value of Object.values(values({}))) expect(typeof value).toBe('string');
    }),
  );
});
