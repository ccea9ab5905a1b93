import { byHand, grantOf, heldBy, newest, register, untouched } from './provision-stage.ts';

jest.setTimeout(60_000);

/** The grant to read was reverted; then the team mounts the volume writable, so that a wider one is wanted. */
async function widenedAfterRevert() {
  const at = untouched({ readOnly: true, definitionTags: { 'mountkeeper:wire': 'publish' } });
  await byHand(at);
  await at.installed.invoke('revert', { family: at.estate.family });
  const containerDefinitions = newest(at).definition.containerDefinitions.map((one) => ({
    ...one,
    mountPoints: one.mountPoints?.map((point) => ({ ...point, readOnly: false })) ?? [],
  }));
  await register(at, { containerDefinitions });
  await at.account.bus.drain();
  return at;
}

test('a grant that was reverted is not made again by asking for more', async () => {
  const at = await widenedAfterRevert();
  expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'held' });
  expect(grantOf(at)).toBeUndefined();
});
