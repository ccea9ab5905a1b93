import { endWithReader } from '../reader-gone.ts';
import { createTerminal } from '../terminal.ts';
import { runDemo } from './run-demo.ts';

endWithReader(process);
process.exitCode = await runDemo(process.argv.slice(2), createTerminal(process));
