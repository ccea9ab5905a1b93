import type { Command } from 'commander';
import { Stop } from '../exit.ts';
import type { CliContext } from '../program.ts';
import { withAws } from './aws-options.ts';
import type { Change, ChangeOptions } from './change.ts';

/** Commands that change something: planned, shown, asked about, and made by the deployed function. */
export function addChanging(program: Command, context: CliContext): void {
  const go = async (wanted: Change, options: ChangeOptions): Promise<void> => {
    const { change } = await import('./change.ts');
    context.finish(await change(wanted, options, context));
  };
  withChange(program.command('provision'))
    .description('make access points, grants and a wired revision for a family that has opted in')
    .argument('<family>', 'a family, family:revision or task-definition ARN')
    .action((taskDefinition: string, options: ChangeOptions) =>
      go({ keeper: 'provision', request: { taskDefinition } }, options),
    );
  withChange(program.command('remediate'))
    .description('find out why a mount fails, and repair what its owners allow')
    .argument('[family]', 'a family, family:revision or task-definition ARN')
    .option('--task <arn>', 'a task that stopped')
    .option('--service <cluster/service>', 'a service')
    .action((family: string | undefined, options: ChangeOptions & RemediateOptions) =>
      go({ keeper: 'remediate', request: remediateRequest(family, options) }, options),
    );
  withChange(program.command('revert'))
    .description('take back what Mountkeeper changed, and hold it so that it is not made again')
    .argument('[id]', 'the id of a change or of an incident, as in the alert')
    .option('--family <family>', 'everything that was changed for a family')
    .option('--delete-access-points', 'delete access points that it made as well; directories and data stay')
    .action((id: string | undefined, options: ChangeOptions & RevertOptions) =>
      go({ keeper: 'revert', request: revertRequest(id, options) }, options),
    );
  withChange(program.command('release'))
    .description('let Mountkeeper make a change again that was reverted and is held')
    .argument('<key>', 'the key of a held change, the id of a reverted one, or a family')
    .action((key: string, options: ChangeOptions) =>
      go({ keeper: 'revert', request: { release: key }, isOfLedger: true }, options),
    );
}

function withChange(command: Command): Command {
  return withAws(command)
    .option('--dry-run', 'show the plan and change nothing')
    .option('--local', 'with --dry-run: plan here, with your own credentials')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExit code: 0 done, or nothing to do; 1 something failed or is withheld; 2 it could not be done.',
    );
}

interface RemediateOptions {
  readonly task?: string;
  readonly service?: string;
}

function remediateRequest(family: string | undefined, { task, service }: RemediateOptions): Change['request'] {
  const given = [family, task, service].filter((one) => one !== undefined);
  if (given.length !== 1) throw new Stop('Give one of: a family, --task <arn>, --service <cluster/service>.');
  if (task !== undefined) return { task };
  if (service === undefined) return { taskDefinition: family };
  const cut = service.startsWith('arn:') ? -1 : service.indexOf('/');
  if (service.startsWith('arn:')) return { cluster: service.split('/')[1] ?? '', service };
  if (cut < 1) throw new Stop('--service is <cluster>/<service>, for example --service prod/shop-api.');
  return { cluster: service.slice(0, cut), service: service.slice(cut + 1) };
}

interface RevertOptions {
  readonly family?: string;
  readonly deleteAccessPoints?: boolean;
}

function revertRequest(id: string | undefined, { family, deleteAccessPoints }: RevertOptions): Change['request'] {
  if ((id === undefined) === (family === undefined))
    throw new Stop(
      'Give the id of a change or an incident (both are in the alert, and in "mountkeeper status"), or --family <family>.',
    );
  const what = family === undefined ? (id?.startsWith('inc-') ? { incident: id } : { change: id }) : { family };
  return { ...what, ...(deleteAccessPoints ? { deleteAccessPoints } : {}) };
}
