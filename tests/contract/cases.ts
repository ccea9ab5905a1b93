import type { Case } from './case.ts';
import { cloudWatchCases } from './cloudwatch.ts';
import { ec2Cases } from './ec2.ts';
import { ecsCases } from './ecs.ts';
import { efsCases, overlaidCases } from './efs.ts';
import { iamCases } from './iam.ts';

export const CASES: readonly Case[] = [
  ...efsCases,
  ...overlaidCases,
  ...ec2Cases,
  ...ecsCases,
  ...iamCases,
  ...cloudWatchCases,
];
