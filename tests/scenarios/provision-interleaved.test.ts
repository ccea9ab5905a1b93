import { provision } from '../../lib/keepers/provision/keeper.ts';
import { walk } from '../../lib/road.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { scale } from '../scale.ts';
import { createInterleaver, seeded } from './interleave.ts';
import { managedPoints, revisions, untouched, withoutGrant } from './provision-stage.ts';
import type { Stage } from './stage.ts';

const NAMES = ['shop-api', 'billing', 'orders', 'search'] as const;

/** Families of one file system, with as many ids as there are families, all unprovisioned. */
function families(random: () => number): readonly Stage[] {
  const count = 1 + Math.floor(random() * NAMES.length);
  const users = ['app', '1000', '20001', 'app'];
  const first = untouched({ user: 'app', fileSystemTags: { 'mountkeeper:uid-range': `20000-${19_999 + count}` } });
  const others = NAMES.slice(1, count).map((name, index) => {
    const user = users[Math.floor(random() * users.length)] ?? 'app';
    const estate = buildEstate(first.account, { ...first.estate.spec, name, user, beside: first.estate });
    const at = { ...first, estate };
    withoutGrant(at);
    const shared = random() < 0.3 && index === 0;
    const [revision] = revisions(first.account, name);
    if (shared && revision) revision.definition = { ...revision.definition, taskRoleArn: first.estate.taskRoleArn };
    return at;
  });
  return [first, ...others];
}

/** Two to ten runs over the families at once, in an order that the seed decides, and a look at each afterwards. */
async function oneCase(seed: number) {
  const random = seeded(seed);
  const all = families(random);
  const [first] = all;
  if (!first) throw new Error('no family');
  const { account, installed } = first;
  const interleaver = createInterleaver(random);
  const runOf = (family: string, runId: string) => async () => {
    const world = interleaver.wrap(worldOn(account, functionRole(account, 'provision')));
    return walk(provision, { taskDefinition: family }, { world, settings: installed.settings, runId });
  };
  const count = 2 + Math.floor(random() * 9);
  const chosen = Array.from({ length: count }, () => all[Math.floor(random() * all.length)] ?? first);
  const came = await interleaver.run(chosen.map(({ estate }, index) => runOf(estate.family, `run ${index}`)));
  const touched = [...new Set(chosen.map(({ estate }) => estate.family))];
  for (const [index, family] of touched.entries()) await interleaver.run([runOf(family, `look ${index}`)]);
  return { account, came, touched, points: managedPoints(first) };
}

function troublesOf({ account, came, touched, points }: Awaited<ReturnType<typeof oneCase>>): readonly string[] {
  const familyOf = (tags: readonly { readonly Key: string; readonly Value: string }[]) =>
    tags.find(({ Key }) => Key === 'mountkeeper:family')?.Value;
  const uids = points.map(({ posixUser }) => posixUser?.uid);
  return [
    ...came.flatMap((one) => (one.status === 'rejected' ? [`threw ${String(one.reason)}`] : [])),
    ...(new Set(uids).size < uids.length ? [`ids ${uids.join(' ')}`] : []),
    ...touched.flatMap((family) => {
      const own = points.filter(({ tags }) => familyOf(tags) === family);
      const known = revisions(account, family);
      const wired = known.at(-1);
      const id = wired?.definition.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig?.accessPointId;
      const roleName = String(wired?.definition.taskRoleArn).split('/').at(-1) ?? '';
      const granted = JSON.stringify(account.state.iam.roles[roleName]?.inlinePolicies ?? {}).includes(
        String(own[0]?.arn),
      );
      return [
        ...(own.length === 1 ? [] : [`${family} has ${own.length} access points`]),
        ...(known.length === 2 ? [] : [`${family} has ${known.length} revisions`]),
        ...(id !== undefined && id === own[0]?.id ? [] : [`${family} is wired to ${id}`]),
        ...(granted ? [] : [`${family} has no grant`]),
      ];
    }),
  ];
}

test('two to ten runs at once, in any order: one access point, one revision and one grant a family, no id twice', async () => {
  const troubles: unknown[] = [];
  for (let seed = 1; seed <= scale(100); seed += 1) {
    const found = troublesOf(await oneCase(seed));
    if (found.length > 0) troubles.push({ seed, found });
  }
  expect(troubles).toEqual([]);
}, 1_200_000);
