import type { Finding } from '../../domain/finding.ts';
import type { MountFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';
import { isOlder } from './version.ts';

/** ECS developer guide, "Use Amazon EFS volumes": Linux platform version 1.4.0 or later. */
const FIRST_PLATFORM = '1.4.0';

export function judgePlatform({ launch, taskDefinition, task }: MountFacts): readonly Finding[] {
  const { platformVersion } = launch;
  if (launch.type !== 'FARGATE' || platformVersion === 'LATEST') return [];
  // A task that nobody has started yet will run on LATEST.
  if (platformVersion === undefined) return task ? [notChecked('platform version', 'the task names none')] : [];
  const older = isOlder(platformVersion, FIRST_PLATFORM);
  if (older === undefined) return [notChecked('platform version', `${platformVersion} is not a version known here`)];
  return older ? [finding('platform-too-old', taskDefinition.arn, { platformVersion, needed: FIRST_PLATFORM })] : [];
}
