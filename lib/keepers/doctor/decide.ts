import { diagnose } from '../../diagnosis/diagnose.ts';
import { type Decision, EMPTY_PLAN } from '../../domain/plan.ts';
import type { DoctorFacts } from './gather.ts';

/** One decision a family, without a plan: the doctor changes nothing. */
export function decide({ families }: DoctorFacts): readonly Decision[] {
  return families.flatMap(({ family, mount }) => {
    const fileSystemId = mount?.volumes[0]?.efs.fileSystemId;
    const subject = { thing: `family:${family}`, family, ...(fileSystemId === undefined ? {} : { fileSystemId }) };
    return mount ? [{ subject, findings: diagnose(mount).findings, plan: EMPTY_PLAN, keyring: {}, quiet: true }] : [];
  });
}
