import { runEstate } from '../../lib/simulator/estate.ts';
import { operator } from './operator.ts';
import {
  byHand,
  managedPoints,
  moveService,
  newest,
  provisioned,
  register,
  revisions,
  untouched,
  writes,
} from './provision-stage.ts';
import { breakIt, type Stage, stage } from './stage.ts';

const HOUR_MS = 3_600_000;

function running({ account, estate }: Stage): string | undefined {
  return account.state.ecs.services[estate.serviceArn ?? '']?.taskDefinition;
}

/** The team's pipeline: a revision as the team writes it, and the service on it. */
async function deploy(at: Stage, image: string): Promise<number> {
  const [first] = revisions(at.account, at.estate.family);
  const containers = first?.definition.containerDefinitions?.map((one) => ({ ...one, image }));
  const { arn, revision } = await register(at, { ...(containers && { containerDefinitions: containers }) });
  await moveService(at, arn);
  return revision;
}

const SERVED = {
  standalone: false,
  definitionTags: { 'mountkeeper:start': 'empty', 'mountkeeper:wire': 'revision' },
};

test('a team that deploys many times a day has its service moved each time: no breaker opens', async () => {
  const at = await provisioned(SERVED, { patterns: {} });
  const moved: boolean[] = [];
  for (const image of ['a', 'b', 'c', 'd', 'e']) {
    await at.account.clock.advance(2 * HOUR_MS);
    await deploy(at, image);
    await byHand(at);
    moved.push(running(at) === newest(at).arn);
  }
  expect(moved).toEqual([true, true, true, true, true]);
});

test('a service that is put back again and again is left where it is', async () => {
  const at = await provisioned(SERVED, { patterns: {} });
  const { arn } = revisions(at.account, at.estate.family)[0] ?? { arn: '' };
  const left: boolean[] = [];
  for (let time = 0; time < 4; time += 1) {
    await moveService(at, arn);
    await at.account.clock.advance(2 * HOUR_MS);
    await byHand(at);
    left.push(running(at) === arn);
  }
  expect(left.at(-1)).toBe(true);
});

test('a service that stayed on what the team wrote is moved, though the wired revision was made anew since', async () => {
  const at = await provisioned(SERVED, { patterns: {} });
  await at.account.clock.advance(2 * HOUR_MS);
  const service = at.account.state.ecs.services[at.estate.serviceArn ?? ''];
  const key = service?.tags.find((tag) => tag.key === 'mountkeeper:deploy');
  Object.assign(key ?? {}, { value: 'not now' });
  const written = await deploy(at, 'new');
  await byHand(at);
  expect(running(at)).toContain(`:${written}`);
  for (const point of managedPoints(at)) await operator(at.account).deleteAccessPoint(point.id);
  await at.account.clock.advance(2 * HOUR_MS);
  await at.installed.invoke('sweep', {});
  expect(newest(at).revision).toBeGreaterThan(written + 1);
  Object.assign(key ?? {}, { value: 'true' });
  await at.installed.invoke('sweep', {});
  expect(running(at)).toBe(newest(at).arn);
});

test('a revision whose tags only claim to be made from the one that a service runs is not deployed to it', async () => {
  const at = untouched(SERVED);
  const first = newest(at);
  const containerDefinitions = (first.definition.containerDefinitions ?? []).map((one) => ({
    ...one,
    image: 'theirs',
  }));
  const claim = { key: 'mountkeeper:wired-from', value: `${at.estate.family}:1` };
  await register(at, { containerDefinitions, tags: [...first.tags, claim] });
  await at.account.bus.drain();
  await at.installed.invoke('sweep', {});
  expect(running(at)).toBe(first.arn);
});

test('what somebody deploys to the service while the wired revision is registered stays', async () => {
  const at = untouched(SERVED);
  const theirs = await register(at, { family: 'rolled-back-to', tags: [] });
  at.account.authorize = ({ operation, caller }) => {
    const service = at.account.state.ecs.services[at.estate.serviceArn ?? ''];
    if (operation === 'RegisterTaskDefinition' && caller.includes(':role/mountkeeper-'))
      Object.assign(service ?? {}, { taskDefinition: theirs.arn });
    return 'allowed';
  };
  await byHand(at);
  expect({ runs: running(at), moves: writes(at).filter((name) => name === 'UpdateService') }).toEqual({
    runs: theirs.arn,
    moves: [],
  });
});

test('a service that somebody moves while its way to storage is repaired is not started anew', async () => {
  const at = stage();
  const theirs = await register(at, { family: 'rolled-back-to', tags: [] });
  breakIt(at.account, at.estate, 'sg-ingress');
  at.account.authorize = ({ operation }) => {
    const service = at.account.state.ecs.services[at.estate.serviceArn ?? ''];
    if (operation === 'AuthorizeSecurityGroupIngress') Object.assign(service ?? {}, { taskDefinition: theirs.arn });
    return 'allowed';
  };
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  expect(writes(at)).toEqual(['AuthorizeSecurityGroupIngress']);
});
