import type { Command } from 'commander';
import type { CliContext } from '../program.ts';
import { withAws } from './aws-options.ts';
import type { DoctorOptions } from './doctor.ts';
import type { OptInOptions } from './opt-in.ts';
import type { StatusOptions } from './status.ts';

/** Commands that read an account with the caller's own credentials and change nothing. */
export function addLooking(program: Command, context: CliContext): void {
  withAws(program.command('doctor'))
    .description('check Mountkeeper itself, and every stop on the way that the mounts of a family take')
    .argument('[family]', 'a family, family:revision or task-definition ARN; else every family that opted in')
    .option('--all', 'every family that opted in, which is what it does without a family')
    .option('--cluster <name>', 'where a family without a service runs its tasks (default: "default")')
    .option('--format <format>', 'text, json or html; else by the name of the file')
    .option('--out <file>', 'write to a file')
    .option('--full', 'list what is fine as well')
    .addHelpText(
      'after',
      '\nExit code: 0 all is in order, 1 something must be fixed, 2 not everything could be looked at.',
    )
    .action(async (family: string | undefined, options: DoctorOptions) => {
      const { doctor } = await import('./doctor.ts');
      context.finish(await doctor(family, options, context));
    });
  withAws(program.command('status'))
    .description('which families have opted in, what is in trouble, what was changed and what is held')
    .argument('[family]', 'only this family')
    .option('--days <days>', 'changes of so many days', '7')
    .addHelpText('after', '\nExit code: 0 no incident is open, 1 one is, 2 it could not be looked at.')
    .action(async (family: string | undefined, options: StatusOptions) => {
      const { status } = await import('./status.ts');
      context.finish(await status(family, options, context));
    });
  withAws(program.command('opt-in'))
    .description("print the owners' keys of a family for whatever made its things, or set them as yourself")
    .argument('<family>', 'a family, family:revision or task-definition ARN')
    .option('--print <form>', 'terraform, cdk, cloudformation or cli (default: cli)')
    .option('--file-system <id>', 'for a task definition without an EFS volume: the one that it shall have')
    .option('--apply', 'set the tags that are missing, with your own credentials')
    .option('--force', 'with --apply: on what CloudFormation made as well')
    .option('--dry-run', 'with --apply: show the commands and change nothing')
    .option('-y, --yes', 'with --apply: do not ask')
    .action(async (family: string, options: OptInOptions) => {
      const { optIn } = await import('./opt-in.ts');
      context.finish(await optIn(family, options, context));
    });
}
