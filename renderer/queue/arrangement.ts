import { arrangementAt } from '../ui/table/arrangement';

export const { arrangement, resize, move, sortBy, choose } = arrangementAt('drover.queue.columns');
