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
      const { series } = account.state.cloudwatch;
      const dimensions = { FileSystemId: estate.fileSystemId };
      const point = { sum: 0, min: 0, max: 0, samples: 1 };
      series[`AWS/EFS BurstCreditBalance ${estate.fileSystemId}`] = {
        namespace: 'AWS/EFS',
        metric: 'BurstCreditBalance',
        dimensions,
        points: Array.from({ length: 60 }, (_none, minute) => ({
          atMs: account.clock.nowMs() - minute * 60_000,
          ...point,
        })).reverse(),
      };
    },
  },
} as const satisfies BreakTable;
