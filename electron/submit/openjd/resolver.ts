/** Fills in what a template leaves open until a job is made of it, and tells what is wrong with the outcome. */
import type { Path } from '../document/document';
import { quote, thousands } from '../document/words';
import { resolvedLength, resolveFormatString } from './format';
import type { Findings } from './merge';
import type { FormatString, Source, Symbols, Written } from './model';
import type { NumberRule } from './numbers';
import { numberBy, ruleInWords } from './numbers';
import { textBroken } from './scope';
import type { Broken, FormatRule } from './scope';

/** Longer than any range expression or number of use. */
const longestText = 1024 * 1024;

export class Resolver {
  constructor(
    private readonly source: Source,
    private readonly symbols: Symbols,
    private readonly findings: Findings,
  ) {}

  problem(path: Path, code: string, message: string): null {
    this.findings.add(this.source, path, code, message);
    return null;
  }

  /** Null, and a problem, when it is not what the rule allows. */
  text(format: FormatString, rule: FormatRule = {}): string | null {
    const length = resolvedLength(format, this.symbols);
    if (length > 2 * (rule.most ?? longestText))
      return this.problem(
        format.path,
        'too-long',
        `its names filled in, it has ${thousands(length)} characters; at most ${thousands(rule.most ?? longestText)} are allowed`,
      );
    const text = resolveFormatString(format, this.symbols);
    return this.judged(format, text, textBroken(text, rule));
  }

  judged(format: FormatString, text: string, broken: Broken | null): string | null {
    if (broken === null) return text;
    return this.problem(
      format.path,
      broken.code,
      `its names filled in, this is ${quote(text)}: ${broken.message}`,
    );
  }

  number(written: Written, rule: NumberRule): number | null {
    if (typeof written === 'number') return written;
    const text = this.text(written);
    if (text === null) return null;
    const message = `its names filled in, this is ${quote(text)}; allowed is ${ruleInWords(rule)}`;
    return numberBy(rule, text) ?? this.problem(written.path, 'wrong-type', message);
  }
}
