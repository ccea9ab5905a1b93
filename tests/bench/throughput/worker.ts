import { parentPort } from 'node:worker_threads';
import { TERMS, type Terms } from '../../../lib/cli/what-if/terms.ts';
import { type Figures, type Judged, judge, judgePolicy, judgeThresholds } from './judge.ts';
import { SHAPES } from './loads.ts';

export interface Job {
  readonly shape: string;
  readonly seed: number;
}

/** One month of one load: all policies by the usual terms, ours and the thresholds by others. */
export interface Done extends Job {
  readonly judged: Judged;
  /** Metrics come 15 minutes late. */
  readonly late: Figures;
  /** Credits accrue at the provisioned rate. */
  readonly max: Figures;
  readonly maxThresholds: Judged['thresholds'];
  readonly seconds: number;
}

const LATE: Terms = { ...TERMS, delayMinutes: 15 };
const MAX: Terms = { ...TERMS, physics: { ...TERMS.physics, accrual: 'max' } };

function work({ shape, seed }: Job): Done {
  const series = SHAPES.find(({ name }) => name === shape)?.make(seed);
  if (series === undefined) throw new Error(`there is no shape ${shape}`);
  const startMs = performance.now();
  return {
    shape,
    seed,
    judged: judge(series),
    late: judgePolicy(series, LATE),
    max: judgePolicy(series, MAX),
    maxThresholds: judgeThresholds(series, MAX),
    seconds: (performance.now() - startMs) / 1000,
  };
}

parentPort?.on('message', (job: Job) => parentPort?.postMessage(work(job)));
