import type { Command } from 'commander';

/** What every command takes that looks at an account. */
export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

export function withAws(command: Command): Command {
  return command
    .option('--region <region>', 'the AWS Region; else as the AWS CLI finds it')
    .option('--profile <name>', 'the profile of your AWS configuration')
    .option('--json', 'answer in JSON');
}
