import { createLedger } from '../../lib/ledger/create-ledger.ts';
import type { Ledger } from '../../lib/ledger/ledger.ts';
import type { RowStore } from '../../lib/ledger/rows.ts';
import { MINUTE, NOW, sampleEntry, sampleOccurrence } from './samples.ts';

/** What every row store must do, and every verb over it: one suite for the table in memory and the one in DynamoDB. */
export function ledgerContract(name: string, makeStore: () => Promise<RowStore>): void {
  describe(`rows in ${name}`, () => rowContract(makeStore));
  describe(`ledger over ${name}`, () => {
    let rows: RowStore;
    let ledger: Ledger;
    beforeEach(async () => {
      rows = await makeStore();
      ledger = createLedger(rows);
    });
    raceContract(() => createLedger(rows));
    turnContract(() => ledger);
    journalContract(() => ledger);
    incidentContract(() => ledger);
    countContract(() => ledger);
    reservationContract(() => ledger);
    memoryContract(() => ledger);
  });
}

async function many<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
}

function rowContract(makeStore: () => Promise<RowStore>): void {
  const row = { pk: 'p', sk: 's', data: { a: 1, list: ['x', { deep: null }], on: true } };

  test('a row comes back as it was put, with its version', async () => {
    const rows = await makeStore();
    expect(await rows.get('p', 's')).toBeUndefined();
    expect(await rows.put({ ...row, expiresAtSeconds: 1_800_000_000 }, 0)).toBe(true);
    expect(await rows.get('p', 's')).toEqual({ ...row, version: 1, expiresAtSeconds: 1_800_000_000 });
  });

  test('a put that expects another version changes nothing', async () => {
    const rows = await makeStore();
    await rows.put(row, 0);
    expect(await rows.put({ ...row, data: { a: 2 } }, 0)).toBe(false);
    expect(await rows.put({ ...row, data: { a: 2 } }, 2)).toBe(false);
    expect(await rows.get('p', 's')).toEqual({ ...row, version: 1 });
    expect(await rows.put({ ...row, data: { a: 2 } }, 1)).toBe(true);
    expect(await rows.get('p', 's')).toEqual({ ...row, data: { a: 2 }, version: 2 });
  });

  test('a row is only removed in the version that was expected', async () => {
    const rows = await makeStore();
    await rows.put(row, 0);
    expect(await rows.remove('p', 's', 2)).toBe(false);
    expect(await rows.remove('p', 's', 1)).toBe(true);
    expect(await rows.get('p', 's')).toBeUndefined();
    expect(await rows.remove('p', 's', 1)).toBe(false);
  });

  test('of many writers of one version exactly one wins', async () => {
    const rows = await makeStore();
    const won = await many(50, (index) => rows.put({ ...row, data: { index } }, 0));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('a partition is read in order, by prefix, backwards and page by page', async () => {
    const rows = await makeStore();
    for (const sk of ['b', 'a2', 'c', 'a1', 'a3']) await rows.put({ pk: 'p', sk, data: {} }, 0);
    await rows.put({ pk: 'q', sk: 'a0', data: {} }, 0);
    const names = async (...options: Parameters<RowStore['query']>) => {
      const page = await rows.query(...options);
      return [page.rows.map((one) => one.sk).join(' '), page.next];
    };
    expect(await names('p')).toEqual(['a1 a2 a3 b c', undefined]);
    expect(await names('p', { prefix: 'a' })).toEqual(['a1 a2 a3', undefined]);
    expect(await names('p', { reverse: true })).toEqual(['c b a3 a2 a1', undefined]);
    expect(await names('p', { limit: 2 })).toEqual(['a1 a2', 'a2']);
    expect(await names('p', { limit: 2, after: 'a2' })).toEqual(['a3 b', 'b']);
    expect(await names('p', { limit: 2, reverse: true, after: 'b' })).toEqual(['a3 a2', 'a2']);
    expect(await names('p', { prefix: 'a', after: 'a1' })).toEqual(['a2 a3', undefined]);
    expect(await names('nothing')).toEqual(['', undefined]);
  });
}

/** Each run has a ledger of its own over the same rows: nothing but the rows' versions keeps them apart. */
function raceContract(run: () => Ledger): void {
  test('of 50 runs that ask at once one gets the lease, and hears of the others', async () => {
    const request = (index: number) => ({ holder: `run-${index}`, nowMs: NOW, ttlMs: 5 * MINUTE });
    const answers = await many(50, (index) => run().lease('orders', request(index)));
    const holder = answers.findIndex((answer) => answer.granted);
    expect(answers.filter((answer) => answer.granted)).toHaveLength(1);
    expect(await run().release('orders', `run-${holder}`)).toEqual({ again: true });
  });

  test('5 runs that spend 20 times each of a budget of 30 spend exactly 30', async () => {
    const budget = { key: 'repairs', limit: 30, windowMs: 60 * MINUTE };
    const runs = await many(5, async () => run());
    const answers = await many(100, async (index) => runs[index % 5]?.spend(budget, NOW));
    expect(answers.filter(Boolean)).toHaveLength(30);
    expect(await run().spent('repairs', [60 * MINUTE], NOW)).toEqual([30]);
    expect(await run().spend(budget, NOW + 59 * MINUTE)).toBe(false);
    expect(await run().spend(budget, NOW + 60 * MINUTE)).toBe(true);
  });

  test('the same trouble heard by 20 runs at once is told once and counted', async () => {
    const answers = await many(20, () => run().occur(sampleOccurrence()));
    expect(answers.filter((telling) => telling.tell)).toHaveLength(1);
    expect(await run().incident('incident-1')).toMatchObject({ count: 20, status: 'firing' });
  });

  test('of 50 runs that reserve an id at once one has it, and all hear who', async () => {
    const wanted = (index: number) => ({ fileSystemId: 'fs-0a', id: 10_000, owner: `family-${index}` });
    const answers = await many(50, (index) => run().reserve(wanted(index)));
    expect(answers.filter((answer) => answer.granted)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.owner)).size).toBe(1);
  });
}

function turnContract(ledger: () => Ledger): void {
  const ask = (holder: string, atMs: number) => ({ holder, nowMs: atMs, ttlMs: 5 * MINUTE });

  test('a lease is had by one, until it is given back', async () => {
    expect(await ledger().lease('orders', ask('one', NOW))).toEqual({ granted: true });
    expect(await ledger().lease('orders', ask('two', NOW))).toEqual({ granted: false, untilMs: NOW + 5 * MINUTE });
    expect(await ledger().lease('billing', ask('two', NOW))).toEqual({ granted: true });
    await ledger().release('orders', 'one');
    expect(await ledger().lease('orders', ask('two', NOW))).toEqual({ granted: true });
  });

  test('whoever asks for a busy lease makes its holder look again, once', async () => {
    await ledger().lease('orders', ask('one', NOW));
    await ledger().lease('orders', ask('two', NOW + MINUTE));
    await ledger().lease('orders', ask('three', NOW + MINUTE));
    expect(await ledger().release('orders', 'one')).toEqual({ again: true });
    await ledger().lease('orders', ask('one', NOW + MINUTE));
    expect(await ledger().release('orders', 'one')).toEqual({ again: false });
  });

  test('the holder may take it again and does not forget who asked', async () => {
    await ledger().lease('orders', ask('one', NOW));
    await ledger().lease('orders', ask('two', NOW));
    expect(await ledger().lease('orders', ask('one', NOW + MINUTE))).toEqual({ granted: true });
    expect(await ledger().release('orders', 'one')).toEqual({ again: true });
  });

  test('taking it again makes it last longer', async () => {
    await ledger().lease('orders', ask('one', NOW));
    await ledger().lease('orders', ask('one', NOW + MINUTE));
    expect(await ledger().lease('orders', ask('two', NOW + 5 * MINUTE))).toMatchObject({ granted: false });
  });

  test('a lease that ran out goes to the next, and its old holder gives nothing back', async () => {
    await ledger().lease('orders', ask('one', NOW));
    expect(await ledger().lease('orders', ask('two', NOW + 5 * MINUTE))).toEqual({ granted: true });
    expect(await ledger().release('orders', 'one')).toEqual({ again: false });
    expect(await ledger().lease('orders', ask('three', NOW + 6 * MINUTE))).toMatchObject({ granted: false });
    expect(await ledger().release('never taken', 'one')).toEqual({ again: false });
  });

  test('one run that spends a budget of 30 a hundred times at once spends exactly 30', async () => {
    const budget = { key: 'repairs', limit: 30, windowMs: 60 * MINUTE };
    const answers = await many(100, () => ledger().spend(budget, NOW));
    expect(answers.filter(Boolean)).toHaveLength(30);
  });

  test('what was spent comes back one by one, as the window moves', async () => {
    const budget = { key: 'orders/sg-0a/sg-ingress', limit: 2, windowMs: 60 * MINUTE };
    expect(await ledger().spend(budget, NOW)).toBe(true);
    expect(await ledger().spend(budget, NOW + 30 * MINUTE)).toBe(true);
    expect(await ledger().spend(budget, NOW + 45 * MINUTE)).toBe(false);
    expect(await ledger().spend(budget, NOW + 61 * MINUTE)).toBe(true);
    expect(await ledger().spend(budget, NOW + 62 * MINUTE)).toBe(false);
    expect(await ledger().spent(budget.key, [budget.windowMs, 2 * MINUTE], NOW + 62 * MINUTE)).toEqual([2, 1]);
  });

  test('one that spends has a share, and the others have the rest', async () => {
    const by = (family: string) => ({ by: family, limit: 2 });
    const budget = { key: 'repairs', limit: 4, windowMs: 60 * MINUTE };
    const orders = await many(5, () => ledger().spend({ ...budget, share: by('orders') }, NOW));
    const others = await many(5, () => ledger().spend({ ...budget, share: by('billing') }, NOW));
    expect([orders.filter(Boolean).length, others.filter(Boolean).length]).toEqual([2, 2]);
    expect(await ledger().spend(budget, NOW)).toBe(false);
    expect(await ledger().used({ ...budget, by: 'orders' }, NOW)).toEqual({ all: 4, own: 2 });
    expect(await ledger().used({ ...budget, by: 'orders' }, NOW + 60 * MINUTE)).toEqual({ all: 0, own: 0 });
    expect(await ledger().spend({ ...budget, share: by('orders') }, NOW + 60 * MINUTE)).toBe(true);
  });

  test('a budget of zero is none', async () => {
    expect(await ledger().spend({ key: 'repairs', limit: 0, windowMs: MINUTE }, NOW)).toBe(false);
    expect(await ledger().spent('repairs', [MINUTE], NOW)).toEqual([0]);
  });
}

function journalContract(ledger: () => Ledger): void {
  test('a change is written before and its outcome after', async () => {
    await ledger().intend(sampleEntry('c1'));
    expect(await ledger().change('c1')).toEqual(sampleEntry('c1'));
    await ledger().record('c1', { state: 'done', made: { ruleId: 'sgr-01' } });
    expect(await ledger().change('c1')).toEqual(sampleEntry('c1', { state: 'done', made: { ruleId: 'sgr-01' } }));
    await ledger().record('c1', { state: 'reverted' });
    expect(await ledger().change('c1')).toMatchObject({ state: 'reverted', made: { ruleId: 'sgr-01' } });
  });

  test('an unknown change is undefined, and nothing can be recorded for it', async () => {
    expect(await ledger().change('c9')).toBeUndefined();
    await expect(ledger().record('c9', { state: 'done' })).rejects.toMatchObject({ code: 'NoSuchChange' });
  });

  test('changes are found by family, incident, resource and time, newest first', async () => {
    await ledger().intend(sampleEntry('c1', { atMs: NOW }));
    await ledger().intend(sampleEntry('c2', { atMs: NOW + 1, resource: 'sg-0z' }));
    await ledger().intend(sampleEntry('c3', { atMs: NOW + 2, family: 'billing', incident: 'incident-2' }));
    const ids = async (about: Parameters<Ledger['changes']>[0]) =>
      (await ledger().changes(about)).map((entry) => entry.changeId).join(' ');
    expect(await ids({})).toBe('c3 c2 c1');
    expect(await ids({ family: 'orders' })).toBe('c2 c1');
    expect(await ids({ incident: 'incident-2' })).toBe('c3');
    expect(await ids({ resource: 'sg-0a' })).toBe('c3 c1');
    expect(await ids({ resource: 'sg-0a', family: 'orders' })).toBe('c1');
    expect(await ids({ sinceMs: NOW + 1 })).toBe('c3 c2');
    expect(await ids({ sinceMs: NOW + 3 })).toBe('');
  });

  test('the journal is read to its end, however long it is', async () => {
    await many(120, (index) =>
      ledger().intend(sampleEntry(`c${String(index).padStart(4, '0')}`, { atMs: NOW + index })),
    );
    const found = await ledger().changes({ family: 'orders' });
    expect([found.length, found[0]?.changeId, found.at(-1)?.changeId]).toEqual([120, 'c0119', 'c0000']);
  });
}

function incidentContract(ledger: () => Ledger): void {
  test('an incident ends once, and is no longer among the open ones', async () => {
    await ledger().occur(sampleOccurrence());
    await ledger().occur(sampleOccurrence({ id: 'incident-2' }));
    const ended = await many(5, () => ledger().resolve('incident-1', NOW + MINUTE));
    expect(ended.filter(Boolean)).toMatchObject([{ id: 'incident-1', status: 'resolved', resolvedAtMs: NOW + MINUTE }]);
    expect((await ledger().openIncidents()).map((incident) => incident.id)).toEqual(['incident-2']);
    expect(await ledger().resolve('never seen', NOW)).toBeUndefined();
    expect(await ledger().incident('never seen')).toBeUndefined();
  });

  test('a run tells once more what it told, unless that got through; other runs never do', async () => {
    const again = (run: string) => ledger().occur(sampleOccurrence({ run, atMs: NOW + MINUTE }));
    await ledger().occur(sampleOccurrence({ run: 'one' }));
    expect((await again('one')).tell).toBe(true);
    await ledger().delivered('incident-1', 'two');
    expect((await again('one')).tell).toBe(true);
    await ledger().delivered('incident-1', 'one');
    expect((await again('one')).tell).toBe(false);
    await ledger().delivered('never seen', 'one');
    expect(await ledger().incident('never seen')).toBeUndefined();
  });
}

function countContract(ledger: () => Ledger): void {
  test('an incident is counted up as often as it was seen, and none is begun by it', async () => {
    await ledger().occur(sampleOccurrence());
    await ledger().count('incident-1', { times: 41, atMs: NOW + MINUTE });
    expect(await ledger().incident('incident-1')).toMatchObject({ count: 42, toldAtMs: NOW, lastAtMs: NOW + MINUTE });
    await ledger().count('never seen', { times: 1, atMs: NOW });
    expect(await ledger().incident('never seen')).toBeUndefined();
    await ledger().resolve('incident-1', NOW + MINUTE);
    await ledger().count('incident-1', { times: 1, atMs: NOW + MINUTE });
    expect(await ledger().incident('incident-1')).toMatchObject({ count: 43, status: 'resolved' });
  });
}

function reservationContract(ledger: () => Ledger): void {
  const fileSystemId = 'fs-0123456789abcdef0';

  test('whoever has an id is granted it again; another file system has ids of its own', async () => {
    const wanted = { fileSystemId, id: 10_000, owner: 'orders/data' };
    expect(await ledger().reserve(wanted)).toEqual({ granted: true, owner: 'orders/data' });
    expect(await ledger().reserve(wanted)).toEqual({ granted: true, owner: 'orders/data' });
    expect(await ledger().reserve({ ...wanted, owner: 'billing/data' })).toEqual({
      granted: false,
      owner: 'orders/data',
    });
    expect(await ledger().reserve({ ...wanted, fileSystemId: 'fs-0b', owner: 'x' })).toMatchObject({ granted: true });
  });

  test('reservations are listed by number', async () => {
    for (const id of [100_000, 4_294_967_295, 9]) await ledger().reserve({ fileSystemId, id, owner: 'orders/data' });
    expect(await ledger().reservations(fileSystemId)).toEqual(
      [9, 100_000, 4_294_967_295].map((id) => ({ fileSystemId, id, owner: 'orders/data' })),
    );
    expect(await ledger().reservations('fs-0b')).toEqual([]);
  });
}

function memoryContract(ledger: () => Ledger): void {
  const point = {
    resource: 'fsap-0a',
    family: 'orders',
    fileSystemId: 'fs-0a',
    volume: 'data',
    note: { uid: '10000' },
  };

  test('a thing is found by its id and by its family', async () => {
    const shared = { resource: 'fsap-0a', family: 'billing' };
    const other = { resource: 'sg-0a', family: 'orders' };
    for (const belonging of [point, point, shared, other]) await ledger().belongs(belonging);
    expect(await ledger().whose('fsap-0a')).toEqual([shared, point]);
    expect(await ledger().belongings('orders')).toEqual([point, other]);
    await ledger().forget('fsap-0a', 'orders');
    expect(await ledger().whose('fsap-0a')).toEqual([shared]);
    expect(await ledger().belongings('orders')).toEqual([other]);
    expect(await ledger().whose('fsap-0b')).toEqual([]);
  });

  test('what a family rests on is found by the thing, not in its list, and takes nothing away that is known', async () => {
    const service = { resource: 'arn:service', family: 'orders', note: { clusterArn: 'arn:cluster' } };
    await ledger().belongs(service);
    for (const resource of ['arn:service', 'sg-0a', 'sg-0a']) await ledger().restsOn(resource, 'orders');
    expect(await ledger().whose('sg-0a')).toEqual([{ resource: 'sg-0a', family: 'orders' }]);
    expect(await ledger().whose('arn:service')).toEqual([service]);
    expect(await ledger().belongings('orders')).toEqual([service]);
  });

  test('a later word on a belonging replaces the earlier', async () => {
    await ledger().belongs(point);
    await ledger().belongs({ ...point, note: { uid: '10001' } });
    expect(await ledger().whose('fsap-0a')).toEqual([{ ...point, note: { uid: '10001' } }]);
  });

  test('what is held stays held until it is released', async () => {
    await ledger().hold('orders/sg-0a', 'reverted by hand', NOW);
    await ledger().hold('billing/sg-0a', 'reverted by hand', NOW);
    expect(await ledger().held(['orders/sg-0a', 'orders/sg-0b'])).toEqual(new Set(['orders/sg-0a']));
    expect(await ledger().held([])).toEqual(new Set());
    expect(await ledger().releaseHeld('orders/sg-0a')).toBe(true);
    expect(await ledger().releaseHeld('orders/sg-0a')).toBe(false);
    expect(await ledger().allHeld()).toEqual([{ key: 'billing/sg-0a', why: 'reverted by hand', atMs: NOW }]);
  });

  test('rooms keep what they are given, by name', async () => {
    const forecast = { hoursLeft: 3.5, at: [1, 2], note: null };
    await ledger().keep('throughput', 'fs-0a', forecast);
    await ledger().keep('throughput', 'fs-0b', 'text');
    await ledger().keep('sweep', 'cursor', 7);
    expect(await ledger().recall('throughput', 'fs-0a')).toEqual(forecast);
    expect(await ledger().recallAll('throughput')).toEqual(
      new Map<string, unknown>([
        ['fs-0a', forecast],
        ['fs-0b', 'text'],
      ]),
    );
    await ledger().keep('throughput', 'fs-0a', { hoursLeft: 2 });
    expect(await ledger().recall('throughput', 'fs-0a')).toEqual({ hoursLeft: 2 });
    await ledger().drop('throughput', 'fs-0a');
    expect(await ledger().recall('throughput', 'fs-0a')).toBeUndefined();
    expect(await ledger().recall('sweep', 'cursor')).toBe(7);
  });
}
