import { called, onEstate, valueIn } from './on-estate.ts';

type Stage = ReturnType<typeof onEstate>;

function idsIn({ account }: Stage): ReadonlySet<string> {
  return new Set(Object.keys(account.state.efs.mountTargets));
}

/** How often EFS was asked for mount targets after all interfaces were listed. */
async function askedAfter(stage: Stage, known = idsIn(stage)): Promise<number> {
  await stage.world.efs.everyKnownMountTarget(known);
  await stage.world.efs.mountTargets(stage.estate.fileSystemId);
  return called(stage.account).filter((name) => name === 'DescribeMountTargets').length;
}

test('known mount targets are told by their interfaces as EFS tells them', async () => {
  const stage = onEstate({ zones: 3 });
  const { world, estate, account } = stage;
  const asked = valueIn(await world.efs.mountTargets(estate.fileSystemId));
  expect(asked).toHaveLength(3);
  world.forget();
  const from = account.callCount();
  await world.efs.everyKnownMountTarget(idsIn(stage));
  expect(valueIn(await world.efs.mountTargets(estate.fileSystemId))).toEqual(asked);
  expect(await world.efs.mountTarget(asked[0]?.id ?? '')).toEqual({ state: 'present', value: asked[0] });
  expect(called(account).slice(from).toSorted()).toEqual(['DescribeFileSystems', 'DescribeNetworkInterfaces']);
});

test('the description of the reference is understood as well', async () => {
  const stage = onEstate();
  for (const target of Object.values(stage.account.state.efs.mountTargets)) {
    const card = stage.account.state.ec2.networkInterfaces[target.networkInterfaceId];
    Object.assign(card ?? {}, { description: `Mount target ${target.id} for file system ${target.fileSystemId}` });
  }
  expect(await askedAfter(stage)).toBe(0);
});

describe('EFS is asked where an interface does not tell all', () => {
  test.each<[string, (stage: Stage) => void]>([
    ['words that nobody expects', ({ account }) => change(account, { description: 'EFS mount target' })],
    ['an address of IPv6', ({ account }) => change(account, { ipv6Address: '2001:db8::1' })],
    ['an interface that is not attached', ({ account }) => change(account, { status: 'available' })],
    ['an interface of somebody else', ({ account }) => change(account, { interfaceType: 'interface' })],
  ])('%s', async (_what, prepare) => {
    const stage = onEstate();
    prepare(stage);
    expect(await askedAfter(stage)).toBe(1);
  });

  test('a mount target that was not seen before may still be on its way', async () => {
    const stage = onEstate();
    const [, ...known] = idsIn(stage);
    expect(await askedAfter(stage, new Set(known))).toBe(1);
  });

  test.each(['DescribeNetworkInterfaces', 'DescribeFileSystems'])('%s is denied', async (operation) => {
    const stage = onEstate();
    stage.account.faults.inject({ match: { operation }, kind: 'deny' });
    expect(await askedAfter(stage)).toBe(1);
  });
});

function change(account: Stage['account'], to: object): void {
  const [card] = Object.values(account.state.ec2.networkInterfaces).filter(
    ({ interfaceType }) => interfaceType === 'efs',
  );
  Object.assign(card ?? {}, to);
}
