// npm run check: types, lint and layer rules, format, unit tests; under a minute.
import { checkStages } from './check-stages.mjs';
import { runCommand } from './prepare.mjs';
import { runStages } from './stages.mjs';

await runCommand(() => runStages(checkStages));
