import { createRequire } from 'node:module';
import './runs-typescript.mjs';

// Only now: an import would be read before the check of Node has run.
const { StackParameters } = createRequire(import.meta.url)('./stack-parameters.ts');

// The framework wants a module that is its plugin; this name is how an ES module is one to `require`.
export { StackParameters as 'module.exports' };
