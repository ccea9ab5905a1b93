import { operator } from './operator.ts';
import { breakIt, decisions, stage } from './stage.ts';

jest.setTimeout(60_000);

const READS = [
  ['DescribeTaskDefinition', 'deny'],
  ['DescribeTaskDefinition', 'throttle'],
  ['ListServices', 'deny'],
] as const;

describe('a family that could not be read does not look like one that is well', () => {
  test.each(READS)('the sweep fails, so that its alarm rings: %s, %s', async (operation, kind) => {
    const at = stage({}, { patterns: {} });
    await at.installed.invoke('sweep', {});
    breakIt(at.account, at.estate, 'policy-deny');
    at.account.faults.inject({ match: { service: 'ECS', operation }, kind });
    await expect(at.installed.invoke('sweep', {})).rejects.toThrow(/shop-api/);
    expect(decisions(at.installed)).toEqual([]);
  });

  test.each(READS)('drift fails, so that the event is tried again: %s, %s', async (operation, kind) => {
    const at = stage({}, { patterns: {} });
    await at.installed.invoke('sweep', {});
    at.account.faults.inject({ match: { service: 'ECS', operation }, kind });
    await operator(at.account).deleteAccessPoint(at.estate.accessPointId ?? '');
    const event = at.account.bus.events.findLast((one) => JSON.stringify(one).includes('DeleteAccessPoint'));
    await expect(at.installed.deliver('drift', event)).rejects.toThrow(/shop-api/);
  });
});
