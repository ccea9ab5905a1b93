import type { FindingCode } from '../../domain/finding.ts';

/** `not-checked`: it could not be looked at, which is not the same as fine. */
export type CheckState = 'fine' | 'should-fix' | 'must-fix' | 'not-checked';

/** Worst first: a stop is as bad as the worst of its checks. */
export const STATES: readonly CheckState[] = ['must-fix', 'should-fix', 'not-checked', 'fine'];

export const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  fine: 'fine',
  'should-fix': 'should fix',
  'must-fix': 'must fix',
  'not-checked': 'not checked',
};

/** One thing that is not as it should be, or worth knowing (`note`). */
export interface Fault {
  readonly code: FindingCode;
  readonly state: Exclude<CheckState, 'fine'> | 'note';
  readonly title: string;
  readonly subject: string;
  readonly evidence: readonly string[];
  readonly remedy: string;
  /** AWS CLI commands that repair it, or show it where the repair is a decision. */
  readonly commands: readonly string[];
  /** What Mountkeeper would do about it, and what holds it. */
  readonly mountkeeper: readonly string[];
  /** Commands that turn the missing keys. */
  readonly ownerCommands: readonly string[];
}

export interface DoctorCheck {
  readonly title: string;
  readonly state: CheckState;
  readonly faults: readonly Fault[];
}

/** The way that a mount takes, in order. */
export const STOP_TITLES = {
  definition: 'Task definition',
  network: 'Task network',
  groups: 'Security groups and ACLs',
  targets: 'Mount targets',
  'file-system': 'File system',
  'access-point': 'Access point',
  role: 'Role and policies',
  identity: 'POSIX identity',
  throughput: 'Throughput',
  keys: "Owners' keys",
} as const;

export type StopName = keyof typeof STOP_TITLES;

export interface Stop {
  readonly name: StopName;
  readonly state: CheckState;
  /** What stands there: ids and counts, short. */
  readonly what: string;
  readonly checks: readonly DoctorCheck[];
}

/** One line of a plot: milliseconds since the epoch, and values of one unit. */
export interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly atMs: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface DoctorVolume {
  readonly name: string;
  readonly fileSystemId: string;
  /** `/data in web (read-only)`, one a container. */
  readonly mountedBy: readonly string[];
  readonly state: CheckState;
  readonly stops: readonly Stop[];
  readonly plots: readonly Plot[];
}

export interface DoctorFamily {
  readonly family: string;
  /** `shop:7` */
  readonly revision: string;
  readonly state: CheckState;
  /** Services and launch type, in words. */
  readonly runs: string;
  /** What is said of the family as a whole: not enrolled, not readable, no EFS volume. */
  readonly checks: readonly DoctorCheck[];
  readonly volumes: readonly DoctorVolume[];
}

export interface DoctorReport {
  readonly version: 1;
  readonly madeAt: string;
  readonly account: string;
  readonly region: string;
  readonly mountkeeper: string;
  readonly mode: string;
  readonly installation: readonly DoctorCheck[];
  readonly families: readonly DoctorFamily[];
  readonly counts: Readonly<Record<CheckState, number>>;
  /** 0: all fine. 1: something must be fixed. 2: nothing must be fixed as far as seen, but not all could be seen. */
  readonly exitCode: 0 | 1 | 2;
}

export function worstOf(states: readonly CheckState[]): CheckState {
  return STATES.find((state) => states.includes(state)) ?? 'fine';
}

export function allChecks(report: Pick<DoctorReport, 'installation' | 'families'>): readonly DoctorCheck[] {
  const ofFamilies = report.families.flatMap(({ checks, volumes }) => [
    ...checks,
    ...volumes.flatMap(({ stops }) => stops.flatMap((stop) => stop.checks)),
  ]);
  return [...report.installation, ...ofFamilies];
}

/** Counts and exit code from the checks. */
export function summed(report: Omit<DoctorReport, 'counts' | 'exitCode'>): DoctorReport {
  const counts = { fine: 0, 'should-fix': 0, 'must-fix': 0, 'not-checked': 0 };
  for (const { state } of allChecks(report)) counts[state] += 1;
  const exitCode = counts['must-fix'] > 0 ? 1 : counts['not-checked'] > 0 ? 2 : 0;
  return { ...report, counts, exitCode };
}
