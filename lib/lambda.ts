import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createWorld } from './aws/create-world.ts';
import { unitOf } from './domain/figure.ts';
import { figuresOf } from './figures.ts';
import type { Figure, Keeper } from './keeper.ts';
import { type Incidents, tallied } from './ledger/tallied.ts';
import { type Answer, answerOf } from './report/answer.ts';
import { auditOf } from './report/audit.ts';
import { type Road, walk } from './road.ts';
import { readSettings, selfOf } from './settings.ts';
import { Unsettled } from './unsettled.ts';

/** What is used of Lambda's context; emulators give less than AWS does. */
export interface Context {
  readonly awsRequestId?: string;
}

export type Handler = (event: unknown, context?: Context) => Promise<Answer>;

const METRICS_NAMESPACE = 'Mountkeeper';

/** Makes a Lambda handler of a keeper: settings, world, log and metrics are made once a start, at the first event. */
export function lambda<Input, Facts>(keeper: Keeper<Input, Facts>): Handler {
  const logger = new Logger({ serviceName: `mountkeeper-${keeper.name}` });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, defaultDimensions: { keeper: keeper.name } });
  let made: ReturnType<typeof start> | undefined;
  return async (event, context) => {
    made ??= start();
    const { incidents, ...always } = made;
    const road = { ...always, runId: context?.awsRequestId ?? made.world.unique() };
    try {
      const arrived = await walk(keeper, event, road);
      logger.info('walked', { run: auditOf(arrived) });
      add(metrics, figuresOf({ arrived, event, incidents: incidents(), nowMs: road.world.nowMs() }));
      return answerOf(arrived);
    } catch (error) {
      if (error instanceof Unsettled) logger.info('walked', { run: auditOf(error.arrived) });
      // Thrown again so that Lambda retries and, at last, hands it to the failure destination: nothing is swallowed.
      logger.error('failed', {
        error:
          error instanceof Error
            ? { name: error.name, message: error.message, stack: error.stack }
            : { name: typeof error },
      });
      add(metrics, [{ name: 'Failed', value: 1 }]);
      throw error;
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}

function start(): Omit<Road, 'runId'> & { readonly incidents: () => Incidents } {
  const settings = readSettings();
  const self = selfOf(settings);
  const chat = settings.chatTopicArn === '' ? {} : { chatTopicArn: settings.chatTopicArn };
  const world = createWorld({ self, ledgerTable: settings.ledgerTable, topicArn: settings.topicArn, ...chat });
  const { ledger, take } = tallied(world.ledger);
  return { world: { ...world, ledger }, settings, incidents: take };
}

function add(metrics: Metrics, figures: readonly Figure[]): void {
  for (const { name, value } of figures) metrics.addMetric(name, unitOf(name), value);
}
