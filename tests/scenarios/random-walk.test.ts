import { scale } from '../scale.ts';
import { begin, isAllowed, nextTaskMounts, othersTidyUp, step, type Walk } from './walk.ts';

jest.setTimeout(1_800_000);

const WALKS = scale(50);
const STEPS = 60;
const DAY_MS = 24 * 3_600_000;

/** What somebody without any key has. */
function foreignPart({ account, foreign }: Walk): unknown {
  const { efs, ec2, iam } = account.state;
  return structuredClone({
    points: Object.values(efs.accessPoints).filter(({ fileSystemId }) => fileSystemId === foreign.fileSystemId),
    groups: [foreign.mountTargetGroupId, foreign.clientGroupId].map((id) => ec2.securityGroups[id]),
    role: iam.roles[foreign.taskRoleName],
  });
}

async function changesIn({ ledger }: Walk): Promise<number> {
  return (await ledger.changes({})).filter(({ state }) => state === 'done').length;
}

interface End {
  readonly seed: number;
  readonly mounts: Readonly<Record<string, boolean>>;
  readonly trespasses: readonly string[];
  readonly foreign: 'untouched' | 'touched';
  readonly changesOfTheSecondSweep: number;
  readonly tooMany: boolean;
}

async function walked(seed: number): Promise<{ readonly end: End; readonly did: readonly string[] }> {
  const walk = await begin(seed);
  const foreign = JSON.stringify(foreignPart(walk));
  const did: string[] = [];
  for (let count = 0; count < STEPS; count += 1) did.push(await step(walk));
  await othersTidyUp(walk);
  // Breakers and budgets look back one day; what is under way by now is lost.
  await walk.account.clock.advance(DAY_MS + 1);
  await walk.run('sweep', {});
  await walk.account.clock.advance(600_000);
  const changes = await changesIn(walk);
  const mounts: Record<string, boolean> = {};
  for (const estate of [walk.own, walk.team]) {
    if (isAllowed(walk, estate.family)) mounts[estate.family] = await nextTaskMounts(walk, estate);
  }
  await walk.run('sweep', {});
  const end = {
    seed,
    mounts,
    trespasses: walk.trespasses,
    foreign: JSON.stringify(foreignPart(walk)) === foreign ? ('untouched' as const) : ('touched' as const),
    changesOfTheSecondSweep: (await changesIn(walk)) - changes,
    tooMany: changes > 2 * STEPS,
  };
  return { end, did };
}

function isRight({ mounts, trespasses, foreign, changesOfTheSecondSweep, tooMany }: End): boolean {
  return (
    Object.values(mounts).every(Boolean) &&
    trespasses.length === 0 &&
    foreign === 'untouched' &&
    changesOfTheSecondSweep === 0 &&
    !tooMany
  );
}

test(`${WALKS} walks of ${STEPS} actions each: in the end every family that its owners still allow mounts`, async () => {
  const wrong: unknown[] = [];
  let allowed = 0;
  for (let seed = 1; seed <= WALKS; seed += 1) {
    const { end, did } = await walked(seed);
    allowed += Object.keys(end.mounts).length;
    if (!isRight(end)) wrong.push({ ...end, last: did.slice(-12) });
  }
  expect(wrong).toEqual([]);
  // A walk in which nobody is allowed anything at the end proves little.
  expect(allowed).toBeGreaterThan(WALKS / 5);
});
