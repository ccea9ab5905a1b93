import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { createWorld } from './aws/create-world.ts';
import type { Keeper } from './keeper.ts';
import { type Answer, answerOf } from './report/answer.ts';
import { auditOf } from './report/audit.ts';
import { type Arrived, type Road, walk } from './road.ts';
import { readSettings } from './settings.ts';

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
  let made: Omit<Road, 'runId'> | undefined;
  return async (event, context) => {
    made ??= start();
    const road = { ...made, runId: context?.awsRequestId ?? made.world.unique() };
    try {
      const arrived = await walk(keeper, event, road);
      logger.info('walked', { run: auditOf(arrived) });
      count(metrics, { arrived, event, nowMs: road.world.nowMs() });
      return answerOf(arrived);
    } catch (error) {
      // Thrown again so that Lambda retries and, at last, hands it to the failure destination: nothing is swallowed.
      logger.error('failed', {
        error:
          error instanceof Error
            ? { name: error.name, message: error.message, stack: error.stack }
            : { name: typeof error },
      });
      metrics.addMetric('Failed', MetricUnit.Count, 1);
      throw error;
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}

function start(): Omit<Road, 'runId'> {
  const settings = readSettings();
  const self = { accountId: settings.accountId, region: settings.region, partition: settings.partition };
  const chat = settings.chatTopicArn === '' ? {} : { chatTopicArn: settings.chatTopicArn };
  const world = createWorld({ self, ledgerTable: settings.ledgerTable, topicArn: settings.topicArn, ...chat });
  return { world, settings };
}

interface Counted {
  readonly arrived: Arrived;
  readonly event: unknown;
  readonly nowMs: number;
}

/** Outcome counters; the age only of events that carry a time. */
function count(metrics: Metrics, { arrived, event, nowMs }: Counted): void {
  metrics.addMetric(arrived.kind === 'walked' ? 'Walked' : 'Ignored', MetricUnit.Count, 1);
  if (arrived.kind !== 'walked') return;
  const steps = arrived.settled.flatMap(({ outcome }) => outcome.steps);
  const withheld = arrived.settled.flatMap(({ outcome }) => outcome.withheld);
  metrics.addMetric('Remediated', MetricUnit.Count, steps.filter((step) => step.result === 'done').length);
  metrics.addMetric('StepsFailed', MetricUnit.Count, steps.filter((step) => step.result === 'failed').length);
  metrics.addMetric('Refused', MetricUnit.Count, withheld.length);
  for (const [guard, held] of Map.groupBy(withheld, ({ heldBy }) => heldBy))
    metrics.addMetric(`Withheld-${guard}`, MetricUnit.Count, held.length);
  metrics.addMetric('BreakerOpen', MetricUnit.Count, withheld.filter((step) => step.heldBy === 'breaker').length);
  metrics.addMetric('BudgetUsedUp', MetricUnit.Count, withheld.filter((step) => step.heldBy === 'budget').length);
  metrics.addMetric('AlertsSent', MetricUnit.Count, arrived.settled.filter(({ told }) => told).length);
  metrics.addMetric(
    'AlertsSuppressed',
    MetricUnit.Count,
    arrived.settled.filter(({ told, occurrence }) => !told && occurrence).length,
  );
  const time =
    typeof event === 'object' && event !== null && 'time' in event ? Date.parse(String(event.time)) : Number.NaN;
  if (!Number.isNaN(time)) metrics.addMetric('EventAge', MetricUnit.Milliseconds, Math.max(0, nowMs - time));
}
