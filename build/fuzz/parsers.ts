import type { FuzzedParser } from './parser';
import { recipeParsers } from './recipes';
import { smallParsers } from './small';
import { templateParsers } from './templates';

/**
 * All that reads what people wrote. To add a parser: make it `fuzzed` (parser.ts), with inputs that are
 * nearly right, and name it here.
 */
export const parsers: readonly FuzzedParser[] = [...recipeParsers, ...templateParsers, ...smallParsers];
