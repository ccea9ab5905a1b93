import type { ActionKind } from './domain/action.ts';
import type { FigureName } from './domain/figure.ts';
import type { Decision } from './domain/plan.ts';
import type { Settings } from './settings.ts';
import type { Self, World } from './world.ts';

export type KeeperName = 'provision' | 'remediate' | 'drift' | 'sweep' | 'throughput' | 'doctor' | 'revert';

/** One field of a request by hand that is not as it should be. */
export interface Problem {
  readonly field: string;
  readonly got: string;
  readonly expected: string;
}

export interface Go<Input> {
  readonly kind: 'go';
  readonly input: Input;
  readonly byHand: boolean;
  readonly dryRun: boolean;
  /** Runs with the same key are made one after the other. */
  readonly lease?: string;
  /** Events with the same fingerprint within the cool-down are counted, not diagnosed again. */
  readonly fingerprint?: string;
}

/** What the door makes of a trigger: work, a quiet and named no, or a request by hand that has mistakes. */
export type Parsed<Input> =
  | Go<Input>
  | { readonly kind: 'ignore'; readonly why: string }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[]; readonly example: unknown };

/** Something counted or measured, for the metrics. */
export interface Figure {
  readonly name: FigureName;
  readonly value: number;
}

/** One use case: the three stages of the road that differ. */
export interface Keeper<Input, Facts> {
  readonly name: KeeperName;
  /** The kinds of change that its plans may hold: its role can make these and no others, and a test holds both to it. */
  readonly actions: readonly ActionKind[];
  readonly parse: (event: unknown, self: Self) => Parsed<Input>;
  readonly gather: (input: Input, world: World, settings: Settings) => Promise<Facts>;
  /** One decision a thing in trouble; none where all is well. Pure: the settings are facts as well. */
  readonly decide: (facts: Facts, settings: Settings) => readonly Decision[];
  /** What whoever asked by hand is given besides the decisions. Pure. */
  readonly report?: (facts: Facts, input: Input) => unknown;
  /** What was measured on the way. Pure. */
  readonly figures?: (facts: Facts) => readonly Figure[];
  /** What is to be remembered of a run: which things belong to which family, a forecast, a cursor. */
  readonly remember?: (facts: Facts, world: World, ended: Ended) => Promise<void>;
  /** What of the input is to be looked at again, where changes of some decisions were overtaken; absent: all of it. */
  readonly again?: (input: Input, overtaken: readonly Decision[]) => Input;
  /** How long its function may run, where that is longer than the five minutes of the others. */
  readonly lastsMs?: number;
}

/** How the decisions of a run ended. */
export interface Ended {
  readonly settled: readonly Decision[];
  readonly failed: readonly Decision[];
  /** Ends when the alerts are out: what keeps a retry from telling the same is remembered after that, not before. */
  readonly published: Promise<unknown>;
}
