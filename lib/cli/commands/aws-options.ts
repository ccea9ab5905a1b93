import type { Command } from 'commander';
import { Stop } from '../exit.ts';

/** What every command takes that looks at an account. */
export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

export function withAws(command: Command): Command {
  return command
    .option('--region <region>', 'the AWS Region; else as the AWS CLI finds it', regionOf)
    .option('--profile <name>', 'the profile of your AWS configuration')
    .option('--json', 'answer in JSON');
}

/** Its form alone: new Regions come, and the account says which it may use. */
const REGION = /^[a-z]{2,8}(-[a-z]{2,16}){1,3}-\d{1,2}$/;

function regionOf(text: string): string {
  if (REGION.test(text)) return text;
  throw new Stop(`--region is "${text.slice(0, 40)}"; expected the name of a Region, such as eu-west-1.`);
}
