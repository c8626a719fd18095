import { describe } from 'vitest';
import { storeContract } from '../contract';
import { MemoryStore } from './store';

describe('the store in memory', () => {
  storeContract(async () => ({ store: new MemoryStore(), reopen: null }));
});
