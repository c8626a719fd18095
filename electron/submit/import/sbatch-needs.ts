/** On which nodes: constraints and partitions are labels and pools. */
import type { JobFields } from '../schema/recipe';
import { isLabel } from './draft';
import type { Notes } from './notes';
import type { Options } from './sbatch-fields';

export type Needs = NonNullable<JobFields['needs']>;

export function constraintNeeds(options: Options, notes: Notes): Needs {
  const option = options.take('constraint');
  if (option === null) return {};
  const isOne = (text: string, sign: string): boolean => text.split(sign).every(isLabel);
  const value = option.value.replaceAll(',', '&');
  const all = isOne(value, '&');
  if (!all && !isOne(value, '|')) {
    notes.notCarried(
      option.place,
      `--constraint=${option.value}`,
      'write it as labels of nodes: needs: { all: [...], any: [...], none: [...] }',
    );
    return {};
  }
  const labels = value.split(all ? '&' : '|');
  notes.assumed(
    option.place,
    `--constraint=${option.value}`,
    `nodes need the ${labels.length === 1 ? 'label' : 'labels'} ${labels.join(all ? ' and ' : ' or ')}; give them to those that it is true of`,
  );
  return all ? { all: labels } : { any: labels };
}

export function poolNeeds(options: Options, notes: Notes): Needs {
  const option = options.take('partition');
  if (option === null) return {};
  const pools = [...new Set(option.value.split(','))];
  if (!pools.every(isLabel)) {
    notes.notCarried(option.place, `--partition=${option.value}`, 'this cannot be the name of a pool');
    return {};
  }
  notes.assumed(
    option.place,
    `--partition=${option.value}`,
    `nodes must be in the pool ${pools.join(' or ')}; take it out of needs where there is no such pool`,
  );
  return { pool: pools };
}
