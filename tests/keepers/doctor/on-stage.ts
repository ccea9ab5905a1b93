import { resolve } from 'node:path';
import { gather } from '../../../lib/keepers/doctor/gather.ts';
import type { DoctorInput } from '../../../lib/keepers/doctor/parse.ts';
import { answerOf } from '../../../lib/keepers/doctor/render.ts';
import { reportOf } from '../../../lib/keepers/doctor/report-of.ts';
import type { DoctorReport, Fault } from '../../../lib/report/doctor/report.ts';
import { allChecks } from '../../../lib/report/doctor/report.ts';
import type { EstateWishes } from '../../../lib/simulator/estate/spec.ts';
import { furnish } from '../../../lib/simulator/stack/furnish.ts';
import { worldOn } from '../../../lib/simulator/world-on.ts';
import { VERSION } from '../../../lib/version.ts';
import { type Stage, stage } from '../../scenarios/stage.ts';

const ROOT = resolve(__dirname, '..', '..', '..');
export const DOCTOR_ROLE = 'arn:aws:iam::111122223333:role/mountkeeper-doctor-eu-west-1';

/** An estate with everything that an installation has around it. */
export function furnished(wishes: EstateWishes = {}): Stage {
  const made = stage(wishes);
  furnish(made.account, { root: ROOT, version: VERSION });
  return made;
}

export async function examine({ account, installed }: Stage, input: Partial<DoctorInput> = {}): Promise<DoctorReport> {
  const world = worldOn(account, DOCTOR_ROLE);
  return reportOf(await gather({ format: 'json', ...input }, world, installed.settings));
}

export function faultsOf(report: DoctorReport): readonly Fault[] {
  return allChecks(report).flatMap(({ faults }) => faults);
}

export { answerOf };
