import type { Ledger } from './ledger/ledger.ts';
import type {
  Ec2Reads,
  Ec2Writes,
  EcsReads,
  EcsWrites,
  EfsReads,
  EfsWrites,
  IamReads,
  IamWrites,
  LogReads,
  MetricReads,
  ParameterVerbs,
  PlumbingReads,
  TaggedReads,
  TrailReads,
} from './verbs.ts';

/**
 * The verbs through which the program sees and changes AWS. Reads give facts (denied and throttled are `unknown`, with
 * why) and are made once a run, however often they are asked; reads asked for at the same moment are sent together
 * where the API takes lists. Writes give what AWS made or throw `Refusal` (lib/refusal.ts), nothing else.
 */
export interface World {
  readonly self: Self;
  /** Milliseconds since the epoch; the time is a fact like any other. */
  readonly nowMs: () => number;
  /** A text that no other run has: for lease holders and change ids. */
  readonly unique: () => string;
  readonly pause: (ms: number) => Promise<void>;
  readonly ecs: EcsReads & EcsWrites;
  readonly efs: EfsReads & EfsWrites;
  readonly ec2: Ec2Reads & Ec2Writes;
  readonly iam: IamReads & IamWrites;
  readonly trail: TrailReads;
  readonly metrics: MetricReads;
  readonly logs: LogReads;
  readonly tagged: TaggedReads;
  readonly parameters: ParameterVerbs;
  readonly plumbing: PlumbingReads;
  readonly ledger: Ledger;
  readonly publish: (message: Message) => Promise<void>;
  /** Forgets what was read, so that the next read asks AWS again: before a re-check, after a change. */
  readonly forget: () => void;
}

export interface Self {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** The permissions boundary without which a task role gets no grant, where the installation asks for one. */
  readonly requiredBoundaryArn?: string;
}

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The same alert in the custom-notification format of Amazon Q Developer in chat applications. */
  readonly chat?: string;
}
