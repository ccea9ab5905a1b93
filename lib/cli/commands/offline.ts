import type { Command } from 'commander';
import type { CliContext } from '../program.ts';
import type { ExplainOptions } from './explain.ts';
import type { TagProtectionOptions } from './tag-protection.ts';
import { addWhatIf } from './what-if-help.ts';

/** Commands that need no AWS account. Each is loaded when it is called. */
export function addOffline(program: Command, context: CliContext): void {
  program
    .command('explain')
    .description("say what a task's stopped reason means and what to do; no AWS account is needed")
    .argument('[text...]', 'the stopped reason; piped in where it is not given')
    .option('--jsonl', 'read one JSON object a line (text; optionally id, field, stopCode, launchType, volumes)')
    .option('--json', 'answer in JSON')
    .option('--field <name>', 'where the text was found: stoppedReason, containerReason, serviceEvent …')
    .option('--stop-code <code>', "the task's stop code, such as TaskFailedToStart")
    .option('--launch-type <type>', 'FARGATE, EC2, MANAGED_INSTANCES or EXTERNAL')
    .option('--volumes <types>', "the task definition's volumes: efs,s3files,fsx,docker,bind, or none")
    .action(async (words: string[], options: ExplainOptions) => {
      const { explain } = await import('./explain.ts');
      context.finish(await explain(words, options, context.terminal));
    });
  addWhatIf(program, context);
  program
    .command('tag-protection')
    .description("print a service control policy that keeps the owners' keys in their owners' hands")
    .requiredOption('--account <id...>', 'accounts in which Mountkeeper is deployed')
    .requiredOption('--region <region...>', 'Regions in which it is deployed there')
    .requiredOption('--owner <arn...>', 'roles that may turn the keys: storage, network and IAM administrators')
    .option('--deployer <arn...>', 'roles that may opt task definitions and services in: pipelines')
    .action(async (options: TagProtectionOptions) => {
      const { printTagProtection } = await import('./tag-protection.ts');
      context.finish(await printTagProtection(options, context.terminal));
    });
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell: string) => {
      const { completion } = await import('./completion.ts');
      context.finish(await completion(shell, program, context.terminal));
    });
}
