import { addPoint } from '../services/cloudwatch.ts';
import { type BreakTable, EVERYWHERE, ON_INSTANCES } from './break.ts';

export const hostBreaks = {
  'platform-old': {
    description: 'the platform version is older than 1.4.0, which brought EFS',
    kinds: ['fargate'],
    ends: 'refused',
    apply: (account, estate) => {
      estate.run.platformVersion = '1.3.0';
      const service = account.state.ecs.services[estate.serviceArn ?? ''];
      if (service === undefined) return;
      service.platformVersion = '1.3.0';
      service.deployments = service.deployments.map((one) => ({ ...one, platformVersion: '1.3.0' }));
    },
  },
  'agent-old': {
    description: 'the agents are older than 1.38 and have no volume plugin',
    kinds: ON_INSTANCES,
    ends: 'stopped',
    apply: (account, estate) => {
      for (const arn of estate.containerInstanceArns) {
        Object.assign(account.state.ecs.containerInstances[arn] ?? {}, { agentVersion: '1.36.0', volumePlugin: false });
      }
    },
  },
  'credits-zero': {
    description: 'the file system has no burst credits left, and is too slow to answer',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      Object.assign(estate.run.options, { creditsTimeOut: true });
      const name = {
        namespace: 'AWS/EFS',
        metric: 'BurstCreditBalance',
        dimensions: { FileSystemId: estate.fileSystemId },
      };
      for (let minutesAgo = 60; minutesAgo > 0; minutesAgo -= 1) {
        const atMs = account.clock.nowMs() - minutesAgo * 60_000;
        addPoint(account, name, { atMs, sum: 0, min: 0, max: 0, samples: 1 });
      }
    },
  },
} as const satisfies BreakTable;
