import type { MountFacts } from '../../diagnosis/mount-facts.ts';
import type { Service, TaskDefinition } from '../../domain/ecs.ts';
import type { AccessPoint, FileSystem } from '../../domain/efs.ts';
import type { Fact } from '../../domain/fact.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Enrolment } from '../../facts/enrolment.ts';
import type { World } from '../../world.ts';
import type { ProvisionInput } from './parse.ts';
import type { Wishes } from './wishes.ts';

export type Belonging = Awaited<ReturnType<World['ledger']['belongings']>>[number];
export type Reservation = Awaited<ReturnType<World['ledger']['reservations']>>[number];

/** One file system that the family's volumes are on. */
export interface Storage {
  readonly fileSystem: Fact<FileSystem>;
  readonly accessPoints: Fact<readonly AccessPoint[]>;
  readonly reservations: readonly Reservation[];
}

/** A volume of an earlier revision, as far as it says where data may lie. */
export interface EarlierMount {
  readonly revision: string;
  readonly volume: string;
  readonly fileSystemId: string;
  readonly accessPointId?: string;
  readonly rootDirectory?: string;
}

/** To which revision Mountkeeper moved a service. */
export interface Move {
  readonly taskDefinitionArn: string;
  /** What that revision was wired for. */
  readonly specHash?: string;
}

/** The revision to build from, and the newest one where that is ours and made from an older one. */
export interface Sources {
  readonly source: TaskDefinition;
  readonly newest: TaskDefinition;
  /** The newest revision is one that Mountkeeper registered. */
  readonly newestIsOurs: boolean;
}

export interface Family {
  readonly sources: Sources;
  readonly wishes: Wishes;
  /** By file system. */
  readonly storages: Readonly<Record<string, Storage>>;
  /** Read only where a volume would get a new directory. */
  readonly earlier: Fact<readonly EarlierMount[]>;
  readonly services: Fact<readonly Service[]>;
  /** Of the family as it will be once it is wired. */
  readonly mount?: MountFacts;
  /** What is published of the family's volumes, by parameter name. */
  readonly published: Fact<Readonly<Record<string, string>>>;
  /** Changes of the family in the last day, newest first. */
  readonly recent: readonly JournalEntry[];
  /** By service. */
  readonly moved: Readonly<Record<string, Move>>;
  /** Who registers the family, where it is neither a person nor Mountkeeper. */
  readonly registrar?: string;
}

export interface ProvisionFacts {
  readonly input: ProvisionInput;
  readonly accountId: string;
  readonly newest: Fact<TaskDefinition>;
  readonly enrolment: Enrolment | undefined;
  readonly belongings: readonly Belonging[];
  /** Opted in by a tag of the newest revision, or by an earlier one that none took back. */
  readonly optedIn: boolean;
  /** Only where the family opted in. */
  readonly family?: Family;
  /** Access points of a family that has no active revision any more. */
  readonly orphans: readonly AccessPoint[];
  readonly nowMs: number;
}
