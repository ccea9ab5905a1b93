import type { ActionKind } from './domain/action.ts';
import type { KeeperName } from './keeper.ts';
import type { Mode } from './mode.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** What stays the same over all decisions of one run. */
export interface RunContext {
  readonly world: World;
  readonly settings: Settings;
  readonly keeper: KeeperName;
  readonly actions: readonly ActionKind[];
  readonly mode: Mode;
  readonly dryRun: boolean;
  readonly runId: string;
  /** Incidents that this attempt of the run has told. */
  readonly told: Set<string>;
  /** Takes what the run need not wait for before it goes on, only before it ends. */
  readonly later: (work: Promise<unknown>) => void;
}
