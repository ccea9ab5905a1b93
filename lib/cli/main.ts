#!/usr/bin/env node
import { runCli } from './program.ts';
import { endWithReader } from './reader-gone.ts';
import { createTerminal } from './terminal.ts';

endWithReader(process);

// The SDK's advice about versions of Node is for whoever builds this, not for whoever runs it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: createTerminal(process),
  connect: async (wanted) => (await import('./connect.ts')).createConnect()(wanted),
});
