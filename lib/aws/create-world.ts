import { randomUUID } from 'node:crypto';
import { createLedger } from '../ledger/create-ledger.ts';
import type { Self, World } from '../world.ts';
import type { Border } from './border.ts';
import { createClients } from './clients.ts';
import { createDynamoRows } from './dynamo-rows.ts';
import { createEc2Reads } from './ec2-reads.ts';
import { createEc2Writes } from './ec2-writes.ts';
import { createEcsReads } from './ecs-reads.ts';
import { createEcsWrites } from './ecs-writes.ts';
import { createEfsReads } from './efs-reads.ts';
import { createEfsWrites } from './efs-writes.ts';
import { createIamReads } from './iam-reads.ts';
import { createIamWrites } from './iam-writes.ts';
import { createLogReads } from './logs.ts';
import { createMetricReads } from './metrics.ts';
import { createOnce } from './once.ts';
import { createParameterVerbs } from './parameters.ts';
import { createPlumbingReads } from './plumbing.ts';
import { createPublish, type Topics } from './publish.ts';
import type { ClientSettings } from './setup.ts';
import { createTaggedReads } from './tagged.ts';
import { createTrailReads } from './trail.ts';

export interface WorldOptions extends ClientSettings, Topics {
  readonly self: Self;
  readonly ledgerTable: string;
  readonly nowMs?: () => number;
  readonly unique?: () => string;
  readonly pause?: (ms: number) => Promise<void>;
}

/** The world on real clients. No client is loaded and nothing is called before a verb needs it. */
export function createWorld(options: WorldOptions): World {
  const { self, nowMs = Date.now, unique = randomUUID, pause = sleep } = options;
  const once = createOnce();
  const clients = createClients(options);
  const border: Border = { clients, once, self, nowMs, pause };
  const rows = createDynamoRows({ tables: clients.tables, name: options.ledgerTable, unique });
  return {
    self,
    nowMs,
    unique,
    pause,
    ecs: { ...createEcsReads(border), ...createEcsWrites(border) },
    efs: { ...createEfsReads(border), ...createEfsWrites(border) },
    ec2: { ...createEc2Reads(border), ...createEc2Writes(border) },
    iam: { ...createIamReads(border), ...createIamWrites(border) },
    trail: createTrailReads(border),
    metrics: createMetricReads(border),
    logs: createLogReads(border),
    tagged: createTaggedReads(border),
    parameters: createParameterVerbs(border),
    plumbing: createPlumbingReads(border),
    ledger: createLedger(rows, pause, nowMs),
    publish: createPublish(border, options),
    forget: once.forget,
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
