/**
 * The messages of Open Job Description: `openjd_progress: PERCENT`, `openjd_status: TEXT` and
 * `openjd_fail: TEXT`.
 */
import { nothingTold, type Parser, type Progress } from './parser';
import { phraseOf } from './words';

const message = /^openjd_(progress|status|fail): *(.*)$/;

export const openjd: Parser<Progress> = {
  recognises: (line) => message.test(line),
  start: () => nothingTold,
  read: (line, state) => {
    const [, kind, text = ''] = message.exec(line) ?? [];
    if (kind === undefined) return state;
    if (kind !== 'progress') return { ...state, phrase: phraseOf(text) };
    const percent = /^\d{1,3}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Infinity;
    return percent <= 100 ? { ...state, fraction: percent / 100 } : state;
  },
};
